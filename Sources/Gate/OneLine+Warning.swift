import Platform

extension OneLine {
    /// The longest warning: kubectl prints more, but the API server cuts when there are many.
    private static let warningLimit = 119

    /// `text` as a warning.
    static func warning(_ text: String) -> String { cut(text, to: warningLimit) }
}
