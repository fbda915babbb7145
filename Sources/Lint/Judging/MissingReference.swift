import Schema

/// Findings that something else is not there: in files they mean less than in a cluster.
enum MissingReference {
    /// Whether `finding` is one of them.
    ///
    /// They are named for what is missing and say that it is not there yet; a warning that misses a field of the object
    /// itself, or a port of a Service that is there, does not.
    static func isOne(_ finding: Finding) -> Bool {
        finding.severity == .warn && finding.rule.hasSuffix("-missing") && finding.problem.hasSuffix(" yet")
    }
}
