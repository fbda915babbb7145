import HTTP
import HTTPTypes
import JSON

/// An API server's answer.
struct APIAnswer {
    let status: Int
    let fields: HTTPFields
    let bytes: [UInt8]

    var text: String { String(decoding: bytes, as: UTF8.self) }

    var json: JSONValue {
        get throws { try JSONValue(parsing: bytes) }
    }

    /// The Status' message.
    var message: String {
        get throws { try json["message"]?.string ?? "" }
    }

    /// The Status' reason.
    var reason: String {
        get throws { try json["reason"]?.string ?? "" }
    }

    /// The texts of the warnings.
    var warnings: [String] { HTTPField.Name("Warning").map { fields[values: $0] } ?? [] }
}

/// Reads a watch's lines, whatever pieces they come in.
final class WatchLines {
    private var chunks: ClientBody.AsyncIterator
    private var rest: [UInt8] = []

    init(_ body: ClientBody) { chunks = body.makeAsyncIterator() }

    /// The next event; nil when the watch has ended.
    func next() async throws -> JSONValue? {
        while true {
            if let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
                let line = Array(rest[..<end])
                rest.removeSubrange(...end)
                return try JSONValue(parsing: line)
            }
            guard let chunk = try await chunks.next() else { return nil }
            rest += chunk
        }
    }
}
