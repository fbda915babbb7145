package import JSON
import Kubernetes

/// What Contour says of an HTTPProxy's current generation.
///
/// Source: Contour's HTTPProxy status, condition `Valid`.
package enum ProxyVerdict: Hashable, Sendable {
    /// It is in force.
    case valid
    /// It is refused, in whole or in part; why.
    case invalid(String)
    /// It is sound, but no root includes it, so no traffic comes by it; Contour's words.
    case orphaned(String)
    /// Contour has not reported on this generation yet, or does not look at objects of this class.
    case notYetSeen

    /// Reads the status of `proxy`.
    package init(_ proxy: JSONValue) {
        let conditions = proxy[path: "status", "conditions"]?.array ?? []
        guard let condition = conditions.first(where: { $0["type"]?.string == "Valid" }),
            condition["observedGeneration"]?.int ?? 0 >= proxy.generation
        else {
            self = .notYetSeen
            return
        }
        if condition["status"]?.string == "True" {
            self = .valid
            return
        }
        let description = Self.description(condition, proxy)
        let isOrphaned = proxy[path: "status", "currentStatus"]?.string == "orphaned"
        self = isOrphaned ? .orphaned(description) : .invalid(description)
    }

    /// The errors one by one, as the condition's own message only points to them.
    private static func description(_ condition: JSONValue, _ proxy: JSONValue) -> String {
        let errors = (condition["errors"]?.array ?? []).map { error in
            let message = error["message"]?.string ?? ""
            return error["reason"]?.string.map { "\($0): \(message)" } ?? message
        }
        if !errors.isEmpty { return errors.joined(separator: "; ") }
        return proxy[path: "status", "description"]?.string ?? condition["message"]?.string ?? "no reason given"
    }
}
