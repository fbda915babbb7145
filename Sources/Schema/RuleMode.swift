/// What becomes of a rule's findings, from the mildest to the strictest.
package enum RuleMode: String, CaseIterable, Comparable, Sendable {
    /// Nothing.
    case off
    /// They are counted and logged; whoever asks hears nothing.
    case audit
    /// The object is let through and the user is told.
    case warn
    /// The object is refused.
    case deny

    /// What `severity` comes to by itself.
    package init(_ severity: Finding.Severity) {
        self =
            switch severity {
            case .warn: .warn
            case .deny: .deny
            }
    }

    package static func < (left: RuleMode, right: RuleMode) -> Bool { left.strictness < right.strictness }

    private var strictness: Int {
        switch self {
        case .off: 0
        case .audit: 1
        case .warn: 2
        case .deny: 3
        }
    }

    /// All of them as a message lists them: `off, audit, warn, deny`.
    package static var list: String { allCases.map(\.rawValue).joined(separator: ", ") }
}
