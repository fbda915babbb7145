import JSON
import Kubernetes

/// Which Canary has a target that several name: the oldest one.
struct TargetClaims {
    /// What Canaries name as their target.
    struct Target: Hashable {
        let namespace: String
        let kind: String
        let name: String

        /// The target of `canary`.
        init(of canary: JSONValue) {
            let reference = canary[path: "spec", "targetRef"]
            namespace = canary.namespace ?? ""
            kind = reference?["kind"]?.string ?? ""
            name = reference?["name"]?.string ?? ""
        }
    }

    /// A Canary that names a target.
    private struct Claim {
        let key: ObjectKey
        /// RFC 3339 in UTC, which sorts as text.
        let created: String

        func isOlder(than other: Claim) -> Bool { (created, key.name) < (other.created, other.key.name) }
    }

    /// The claims on each target, the oldest first; most have one.
    private var claims: [Target: [Claim]] = [:]

    /// No claims.
    init() {}

    /// Takes `canary` in; returns those for whom something may have changed, itself left out.
    mutating func insert(_ canary: JSONValue) -> [ObjectKey] {
        let created = canary[path: "metadata", "creationTimestamp"]?.string ?? ""
        let claim = Claim(key: canary.key, created: created)
        let target = Target(of: canary)
        var others = claims[target] ?? []
        others.removeAll { $0.key == claim.key }
        let place = others.firstIndex { claim.isOlder(than: $0) } ?? others.count
        claims[target] = others[..<place] + [claim] + others[place...]
        return others.map(\.key)
    }

    /// Takes out the claim of the Canary at `key` on `target`; returns those for whom something may have changed.
    mutating func remove(_ key: ObjectKey, from target: Target) -> [ObjectKey] {
        guard var left = claims[target] else { return [] }
        left.removeAll { $0.key == key }
        claims[target] = left.isEmpty ? nil : left
        return left.map(\.key)
    }

    /// Why the Canary at `key` does not have `target`; nil when it has it.
    func refusal(of key: ObjectKey, _ target: Target) -> String? {
        guard let holder = claims[target]?.first, holder.key != key else { return nil }
        let name = "\(target.name).\(target.namespace)"
        return
            "target \(name) belongs to the older canary \(holder.key.name).\(target.namespace); this one is left alone"
    }
}
