package import HTTP

/// Addresses to use for hosts instead of what the name servers say, as curl's `--resolve` has it.
package struct AddressBook: Hashable, Sendable {
    private var addresses: [String: String] = [:]

    /// No entries: every host is looked up.
    package init() {}

    /// Takes entries of the form `host:port=address:port`, for example `loadtester.test:80=127.0.0.1:8081`.
    ///
    /// - Throws: `AddressBook.Failure` for an entry of another form.
    package init(_ entries: [String]) throws(Failure) {
        for entry in entries {
            let parts = entry.split(separator: "=", omittingEmptySubsequences: false)
            guard parts.count == 2, parts.allSatisfy(Self.isHostAndPort) else { throw Failure(entry: entry) }
            addresses[parts[0].lowercased()] = String(parts[1])
        }
    }

    /// An entry that cannot be read.
    package struct Failure: Error, Hashable, CustomStringConvertible {
        /// The entry as it was given.
        package let entry: String

        /// What was expected instead.
        package var description: String {
            "--resolve: \(entry), expected host:port=address:port, for example loadtester.test:80=127.0.0.1:8081"
        }
    }

    /// The address of `endpoint`; nil when it is not in the book.
    package func address(of endpoint: HTTPEndpoint) -> String? {
        addresses["\(endpoint.host.lowercased()):\(endpoint.port)"]
    }

    private static func isHostAndPort(_ text: Substring) -> Bool {
        guard let colon = text.lastIndex(of: ":"), colon > text.startIndex,
            let port = Int(text[text.index(after: colon)...])
        else { return false }
        return (1...65_535).contains(port)
    }
}
