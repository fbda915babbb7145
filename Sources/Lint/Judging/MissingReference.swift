import Schema

/// Findings that something else is not there: in files they mean less than in a cluster.
enum MissingReference {
    /// Whether `finding` is one of them.
    ///
    /// They are named for what is missing and say that it is not there; one that misses a field of the object itself, or
    /// a port of a Service that is there, does not.
    static func isOne(_ finding: Finding) -> Bool {
        guard ["-missing", "-secret", "/secret"].contains(where: finding.rule.hasSuffix) else { return false }
        return finding.problem.hasSuffix(" yet") || finding.problem.contains("there is no ")
    }
}
