import Schema

/// Findings that something else is not there: in files they mean less than in a cluster.
enum MissingReference {
    /// Those that say it in other words: of a root, a delegation, or a server that may be in the cluster.
    private static let others: Set<String> = [
        "httpproxy/orphan", "httpproxy/secret-not-delegated", "httpproxy/extension-service-missing",
    ]

    /// Whether `finding` is one of them.
    ///
    /// They are named for what is missing and say that it is not there; one that misses a field of the object itself, or
    /// a port of a Service that is there, does not.
    static func isOne(_ finding: Finding) -> Bool {
        if finding.rule.hasPrefix("httpproxy/") {
            return others.contains(finding.rule) || finding.problem.hasSuffix(" yet")
        }
        guard ["-missing", "-secret", "/secret"].contains(where: finding.rule.hasSuffix) else { return false }
        return finding.problem.hasSuffix(" yet") || finding.problem.contains("there is no ")
    }
}
