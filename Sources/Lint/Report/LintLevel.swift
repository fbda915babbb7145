/// Which findings are reported, and with that make the check fail.
package enum LintLevel: String, CaseIterable, Sendable {
    /// All of them.
    case warn
    /// Those that would refuse the object.
    case deny
}
