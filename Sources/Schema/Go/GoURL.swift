/// A URL as Go's `net/url.Parse` takes it apart.
package struct GoURL: Hashable, Sendable {
    /// Lower case; empty for a relative one.
    package let scheme: String
    /// The host without port and brackets; empty where there is none.
    package let host: String
    /// The port as written; nil where there is none.
    package let port: String?

    /// Reads `text`; nil where Go would not.
    package init?(_ text: String) { nil }
}
