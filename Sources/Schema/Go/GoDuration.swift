/// A duration as Go's `time.ParseDuration` reads it: `1h30m`, `1.5s`, `-2ms`, `0`.
package struct GoDuration: Hashable, Sendable {
    /// Its length.
    package let nanoseconds: Int64

    /// Reads `text`; nil where Go would not.
    package init?(_ text: String) { nil }
}
