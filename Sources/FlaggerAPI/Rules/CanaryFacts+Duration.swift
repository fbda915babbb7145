import Platform

/// Lengths of time.
extension CanaryFacts {
    /// The length of time that `text` says in Go's form; nil when it says none.
    static func duration(_ text: String) -> Duration? { GoDuration(text)?.duration }
}
