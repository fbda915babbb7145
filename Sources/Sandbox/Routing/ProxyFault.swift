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
    /// What Contour would say of `finding`, which ends in `(Contour: <type>/<reason>)`; nil for one that Contour does
    /// not mind.
    init?(_ finding: Finding) {
        guard finding.severity == .deny, let mark = finding.problem.firstRange(of: " (Contour: "),
            finding.problem.last == ")"
        else { return nil }
        let parts = finding.problem[mark.upperBound...].dropLast().split(separator: "/", maxSplits: 1)
        guard parts.count == 2 else { return nil }
        let problem = finding.problem[..<mark.lowerBound]
        self.init(
            type: String(parts[0]),
            reason: String(parts[1]),
            message: "\(finding.path): \(problem)",
            path: finding.path
        )
    }
}
