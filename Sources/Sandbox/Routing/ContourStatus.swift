import ContourAPI
import JSON
import Kubernetes
import Platform

/// The status of an HTTPProxy as Contour writes it.
///
/// Source: Contour's `internal/status/proxystatus.go`.
enum ContourStatus {
    /// Contour's description of an object that no root leads to.
    private static let orphaned = "this HTTPProxy is not part of a delegation chain from a root HTTPProxy"

    /// `status` on `proxy`: the one it has, when that says the same.
    static func status(of proxy: JSONValue, _ status: ProxyStatus, at now: Timestamp) -> JSONValue {
        let isValid = status.verdict == .valid
        let message = isValid ? "Valid HTTPProxy" : "At least one error present, see Errors for details"
        let old = proxy["status"] ?? .object(JSONObject())
        let conditions = old["conditions"]?.array ?? []
        let index = conditions.firstIndex { $0["type"]?.string == "Valid" }
        let flag: JSONValue = isValid ? "True" : "False"
        let before = index.map { conditions[$0] }
        let isSame = before?["status"] == flag
        var condition: JSONValue = [
            "type": "Valid", "status": flag, "reason": isValid ? "Valid" : "ErrorPresent",
            "message": .string(message), "observedGeneration": .number(JSONNumber(proxy.generation)),
            "lastTransitionTime": isSame ? before?["lastTransitionTime"] ?? .null : .string(now.rfc3339),
        ]
        if !isValid { condition["errors"] = .array(status.errors.map(json)) }
        if !status.warnings.isEmpty { condition["warnings"] = .array(status.warnings.map(json)) }
        var written = old
        written["currentStatus"] = .string(status.verdict.rawValue)
        written["description"] = .string(status.verdict == .orphaned ? orphaned : message)
        written["conditions"] = .array(replacing(index, in: conditions, with: condition))
        return written
    }

    private static func json(_ error: ReportedError) -> JSONValue {
        [
            "type": .string(error.type), "status": "True", "reason": .string(error.reason),
            "message": .string(error.type == "Orphaned" ? orphaned : error.message),
        ]
    }

    private static func replacing(_ index: Int?, in list: [JSONValue], with condition: JSONValue) -> [JSONValue] {
        guard let index else { return list + [condition] }
        var list = list
        list[index] = condition
        return list
    }
}
