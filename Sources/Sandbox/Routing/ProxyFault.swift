import JSON
import Schema

/// An error that Contour reports on an HTTPProxy.
struct ProxyFault: Hashable, Sendable {
    /// `RouteError`, `IncludeError`, `ServiceError` and the like.
    let type: String
    /// `ServiceUnresolvedReference` and the like.
    let reason: String
    /// What is wrong, for a person.
    let message: String
    /// Where in the object; empty for the whole.
    var path = ""

    /// The member of `errors` in the condition.
    var json: JSONValue {
        [
            "type": .string(type), "status": "True", "reason": .string(reason),
            "message": .string(message),
        ]
    }

    /// The error of an object that no root leads to.
    static let orphaned = ProxyFault(
        type: "Orphaned",
        reason: "Orphaned",
        message: "this HTTPProxy is not part of a delegation chain from a root HTTPProxy"
    )
}

extension ProxyFault {
    /// What Contour would say of `finding`; nil for one that Contour does not mind.
    init?(_ finding: Finding) {
        guard finding.severity == .deny, let reported = finding.reported else { return nil }
        self.init(
            type: reported.type,
            reason: reported.reason,
            message: "\(finding.path): \(finding.problem)",
            path: finding.path
        )
    }
}
