package import JSON
package import Schema

/// A webhook's answer.
package struct Verdict: Hashable, Sendable {
    /// What was found; any `deny` among it refuses the request, each `warn` is told to the user.
    package var findings: [Finding]
    /// What was found and is only counted and logged, as its rule's mode wants it.
    package var audited: [Finding]
    /// What to change in the object; empty for nothing.
    ///
    /// Ignored when the request is refused.
    package var patch: JSONPatch
    /// Something that this user may not do at all (403), with what to do instead; goes before findings.
    package var forbidden: String?
    /// Further sentences for the user, under 120 characters each.
    package var warnings: [String]
    /// Something of the loop's that is let through for a reason; nil for nothing of the kind.
    package var brokenGlass: BrokenGlass?
    /// Which permission the verdict depends on: whoever keeps the table of them asks for it, after the answer.
    package var lookup: AccessQuestion?

    package init(
        findings: [Finding] = [],
        audited: [Finding] = [],
        patch: JSONPatch = JSONPatch(),
        forbidden: String? = nil,
        warnings: [String] = []
    ) {
        self.findings = findings
        self.audited = audited
        self.patch = patch
        self.forbidden = forbidden
        self.warnings = warnings
    }

    /// Let it through as it is.
    package static let allowed = Verdict()

    /// Whether the request goes through.
    package var isAllowed: Bool { forbidden == nil && !findings.contains { $0.severity == .deny } }
}
