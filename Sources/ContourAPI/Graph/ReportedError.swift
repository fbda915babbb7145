package import Schema

/// An error or a warning in the status of an HTTPProxy.
package struct ReportedError: Hashable, Sendable {
    /// `RouteError`, `IncludeError`, `ServiceError` and the like.
    package let type: String
    /// `ServiceUnresolvedReference` and the like.
    package let reason: String
    /// What is wrong, for a person.
    package let message: String
    /// Where in the object; empty for the whole.
    package let path: String

    package init(type: String, reason: String, message: String, path: String = "") {
        self.type = type
        self.reason = reason
        self.message = message
        self.path = path
    }

    /// What Contour records for `finding`; nil where it records nothing.
    package init?(_ finding: Finding) {
        guard let reported = finding.reported else { return nil }
        self.init(
            type: reported.type,
            reason: reported.reason,
            message: "\(finding.path): \(finding.problem)",
            path: finding.path
        )
    }
}
