import JSON
import Kubernetes
import Platform

/// The status that Contour writes on an HTTPProxy.
enum ProxyStatus {
    /// The status of `proxy` with these errors: the one it has, when that says the same.
    static func status(of proxy: JSONValue, _ faults: [ProxyFault], at now: Timestamp) -> JSONValue {
        let isOrphaned = faults.contains { $0.type == ProxyFault.orphaned.type }
        let message = faults.isEmpty ? "Valid HTTPProxy" : "At least one error present, see Errors for details"
        let old = proxy["status"] ?? .object(JSONObject())
        let conditions = old["conditions"]?.array ?? []
        let index = conditions.firstIndex { $0["type"]?.string == "Valid" }
        let flag: JSONValue = faults.isEmpty ? "True" : "False"
        let before = index.map { conditions[$0] }
        let isSame = before?["status"] == flag
        var condition: JSONValue = [
            "type": "Valid", "status": flag, "reason": faults.isEmpty ? "Valid" : "ErrorPresent",
            "message": .string(message), "observedGeneration": .number(JSONNumber(proxy.generation)),
            "lastTransitionTime": isSame ? before?["lastTransitionTime"] ?? .null : .string(now.rfc3339),
        ]
        if !faults.isEmpty { condition["errors"] = .array(faults.map(\.json)) }
        var status = old
        status["currentStatus"] = isOrphaned ? "orphaned" : faults.isEmpty ? "valid" : "invalid"
        status["description"] = .string(isOrphaned ? ProxyFault.orphaned.message : message)
        status["conditions"] = .array(replacing(index, in: conditions, with: condition))
        return status
    }

    private static func replacing(_ index: Int?, in list: [JSONValue], with condition: JSONValue) -> [JSONValue] {
        guard let index else { return list + [condition] }
        var list = list
        list[index] = condition
        return list
    }
}
