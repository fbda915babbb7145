/// The `key=value` pairs of a query, decoded, in order; a key may come more than once.
package struct QueryItems: Hashable, Sendable {
    /// One pair; a key without `=` has an empty value.
    package struct Item: Hashable, Sendable {
        /// The key, decoded.
        package let key: String
        /// The value, decoded.
        package let value: String
    }

    /// The pairs in the order they were sent.
    package private(set) var items: [Item] = []

    /// No pairs.
    package init() {}

    /// Parses what follows the `?` of a request target; nil when an escape is broken.
    package init?(query: some StringProtocol) {
        for part in query.split(separator: "&") {
            let mark = part.firstIndex(of: "=") ?? part.endIndex
            guard let key = PercentEncoding.decode(part[..<mark], plusIsSpace: true),
                let value = PercentEncoding.decode(part[mark...].dropFirst(), plusIsSpace: true)
            else { return nil }
            items.append(Item(key: key, value: value))
        }
    }

    /// The first value of `key`.
    package subscript(key: String) -> String? { items.first { $0.key == key }?.value }

    /// All values of `key` in order.
    package func all(_ key: String) -> [String] { items.filter { $0.key == key }.map(\.value) }

    /// Adds a pair at the end.
    package mutating func append(_ key: String, _ value: String) { items.append(Item(key: key, value: value)) }

    /// `a=1&b=x%20y`, without `?`; empty for no pairs.
    package var text: String {
        items.map { "\(PercentEncoding.encode($0.key))=\(PercentEncoding.encode($0.value))" }.joined(separator: "&")
    }
}
