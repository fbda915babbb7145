package import JSON

/// How the path of a request is compared: the path conditions of the includes on the way and of a route, put together.
///
/// Values are joined in order, runs of `/` made one; no path at all is the prefix `/`. A regular expression anywhere
/// makes the whole one. Otherwise the last element of the list decides, so that an exact path before a header condition
/// becomes a prefix. Source: section 4.1 of Contour's rules as observed, HTTPProxy's conditions.
package struct PathMatch: Hashable, Sendable, CustomStringConvertible {
    /// How the path is compared.
    package enum Kind: String, Hashable, Sendable {
        /// The path begins with the text.
        case prefix
        /// The path is the text.
        case exact
        /// The whole path matches the text.
        case regex
    }

    /// How the path is compared.
    package let kind: Kind
    /// With what.
    package let text: String

    /// The match of `conditions`, those of the includes first.
    package init(_ conditions: [JSONValue]) {
        var joined = ""
        var isExpression = false
        for condition in conditions {
            if let prefix = condition.filled("prefix") {
                joined += prefix
            } else if let exact = condition.filled("exact") {
                joined += exact
            } else if let expression = condition.filled("regex") {
                joined += expression
                isExpression = true
            }
        }
        guard !joined.isEmpty, let last = conditions.last else {
            kind = .prefix
            text = "/"
            return
        }
        text = Self.withSingleSlashes(joined)
        if isExpression {
            kind = .regex
        } else {
            kind = last.filled("prefix") == nil && last.filled("exact") != nil ? .exact : .prefix
        }
    }

    /// `text` with runs of `/` made one.
    static func withSingleSlashes(_ text: String) -> String {
        var bytes: [UInt8] = []
        let slash = UInt8(ascii: "/")
        for byte in text.utf8 where byte != slash || bytes.last != slash { bytes.append(byte) }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// `prefix /api`.
    package var description: String { "\(kind.rawValue) \(text)" }

    /// Which requests, as the effects say it: `requests to /api`.
    package var requests: String {
        switch kind {
        case .prefix: "requests to \(text)"
        case .exact: "requests to exactly \(text)"
        case .regex: "requests that match \(text)"
        }
    }
}
