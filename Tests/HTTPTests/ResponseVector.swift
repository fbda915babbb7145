import HTTP
import HTTPTypes
import Testing

/// Bytes of a server that then closes the connection, and what a client must make of them.
struct ResponseVector: CustomTestStringConvertible, Sendable {
    let bytes: [UInt8]
    let outcome: String
    let isHead: Bool

    /// What `text` comes to as the answer to a request that is a HEAD request or not.
    init(_ text: String, isHead: Bool = false, _ outcome: String) {
        bytes = Array(text.utf8)
        self.outcome = outcome
        self.isHead = isHead
    }

    var testDescription: String { "\(String(decoding: bytes, as: UTF8.self).debugDescription) \(outcome)" }

    /// Runs the parser over pieces of the bytes, which are cut before each of `cuts`, in order.
    func parsed(cuts: [Int]) -> String {
        var parser = ResponseParser(isHead: isHead)
        var status: Int?
        var body: [UInt8] = []
        var left = 0
        do throws(MessageFault) {
            for (start, end) in zip([0] + cuts, cuts + [bytes.count]) where start < end {
                let piece = Array(bytes[start..<end])
                var offset = 0
                if status == nil { status = try parser.takeHead(piece.span, at: &offset)?.status.code }
                if status != nil, !parser.isDone { try parser.takeBody(piece.span, at: &offset, into: &body) }
                left += piece.count - offset
            }
        } catch {
            return "\(error)"
        }
        guard let status else { return parser.hasBegun ? "no whole head" : "nothing" }
        guard parser.isDone || parser.takeEnd() else { return "\(status) broken off" }
        let text = String(decoding: body, as: UTF8.self)
        return "\(status) [\(text)] \(parser.keepsAlive ? "keep" : "close")" + (left > 0 ? " and \(left) more" : "")
    }
}
