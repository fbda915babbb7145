import JSON
import Kubernetes

/// What goes wrong at one call of a process.
enum Failure: String, Hashable, Sendable, CaseIterable {
    /// The process dies before the call arrives.
    case deathBefore
    /// The call takes effect, and the process dies of it.
    case deathAfter
    /// The call does not arrive, and the process hears that the connection is gone.
    case lost
    /// The call takes effect, and the process hears that the connection is gone.
    case answerLost
    /// Somebody else changes the object a moment before, or creates it.
    case conflict
    /// 429, and a time to wait for.
    case busy
    /// 500, though the call took effect.
    case fault
    /// 503, and a time to wait for.
    case unavailable
    /// A hook or a metrics server gives no answer.
    case silence
    /// From before the call on watches hear of nothing for a while.
    case gap
    /// Another process goes on while the call is on its way.
    case secondLeader
    /// The lease is another's: neither this call nor a later one that writes is sent.
    case fenced

    /// Whether nothing more is heard of the process.
    var isDeath: Bool { self == .deathBefore || self == .deathAfter }

    /// Whether the call never arrives.
    var isBefore: Bool { [.deathBefore, .lost, .busy, .unavailable].contains(self) }

    /// Whether the call arrives, and its answer does not.
    var losesAnswer: Bool { [.deathAfter, .answerLost, .fault].contains(self) }

    /// What the process hears of `operation`.
    func error(_ operation: String) -> KubernetesError {
        let (code, reason): (Int, String) =
            switch self {
            case .busy: (429, "TooManyRequests")
            case .fault: (500, "InternalError")
            case .unavailable: (503, "ServiceUnavailable")
            default: (0, "")
            }
        guard code > 0 else {
            return KubernetesError(operation: operation, code: 0, reason: "", message: "connection is gone")
        }
        let status: JSONValue = [
            "kind": "Status", "apiVersion": "v1", "status": "Failure", "reason": .string(reason), "message": "not now",
            "code": .number(JSONNumber(code)), "details": ["retryAfterSeconds": 1],
        ]
        return KubernetesError(operation: operation, code: code, reason: reason, message: "not now", status: status)
    }
}
