import JSON
import Kubernetes

/// Which Canary has a target that several name: the oldest one.
struct TargetClaims {
    /// Those that do not have it, and why.
    let losers: [ObjectKey: String]

    /// Divides the targets of `canaries`.
    init(_ canaries: [JSONValue]) {
        var holders: [String: JSONValue] = [:]
        var losers: [ObjectKey: String] = [:]
        for canary in canaries.sorted(by: Self.isOlder) {
            let namespace = canary.namespace ?? ""
            let name = canary[path: "spec", "targetRef", "name"]?.string ?? ""
            let target = "\(name).\(namespace)"
            if let holder = holders[target] {
                losers[canary.key] =
                    "target \(target) belongs to the older canary \(holder.name).\(namespace); this one is left alone"
            } else {
                holders[target] = canary
            }
        }
        self.losers = losers
    }

    private static func isOlder(_ left: JSONValue, _ right: JSONValue) -> Bool {
        // RFC 3339 in UTC sorts as text.
        let first = left[path: "metadata", "creationTimestamp"]?.string ?? ""
        let second = right[path: "metadata", "creationTimestamp"]?.string ?? ""
        return (first, left.name) < (second, right.name)
    }
}
