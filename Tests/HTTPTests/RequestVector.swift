import HTTP
import HTTPTypes
import Testing

/// Bytes of a client, and what they must come to.
struct RequestVector: CustomTestStringConvertible, Sendable {
    let bytes: [UInt8]
    /// One line for each request, and for the fault that ends them.
    let outcomes: [String]
    let limits: MessageLimits

    /// What `text` comes to.
    init(_ text: String, _ outcomes: String..., limits: MessageLimits = MessageLimits()) {
        bytes = Array(text.utf8)
        self.outcomes = outcomes
        self.limits = limits
    }

    /// What a request with a good first line and these lines, each without its CRLF, comes to.
    init(fields: String..., body: String = "", gives outcome: String, limits: MessageLimits = MessageLimits()) {
        let lines = ["POST /x HTTP/1.1", "Host: a"] + fields
        bytes = Array((lines.map { $0 + "\r\n" }.joined() + "\r\n" + body).utf8)
        outcomes = [outcome]
        self.limits = limits
    }

    /// What a chunked body comes to.
    init(chunks: String, _ outcome: String, limits: MessageLimits = MessageLimits()) {
        self.init(fields: "Transfer-Encoding: chunked", body: chunks, gives: outcome, limits: limits)
    }

    var testDescription: String {
        let text = String(decoding: bytes.prefix(200), as: UTF8.self).debugDescription
        return "\(text) \(outcomes)"
    }

    /// Runs the parser over pieces of the bytes, which are cut before each of `cuts`, in order.
    func parsed(cuts: [Int]) -> [String] {
        var parser = RequestParser(limits: limits)
        var outcomes: [String] = []
        for (start, end) in zip([0] + cuts, cuts + [bytes.count]) where start < end {
            let piece = Array(bytes[start..<end])
            do throws(MessageFault) {
                try Self.feed(piece, to: &parser, &outcomes)
            } catch {
                return outcomes + ["\(error)"]
            }
        }
        return parser.isBetweenRequests ? outcomes : outcomes + ["incomplete"]
    }

    private static func feed(
        _ piece: [UInt8],
        to parser: inout RequestParser,
        _ outcomes: inout [String]
    ) throws(MessageFault) {
        var offset = 0
        while offset < piece.count {
            switch try parser.consume(piece.span, at: &offset) {
            case .request(let request):
                let head = request.head
                let body = String(decoding: request.body, as: UTF8.self)
                let rest = request.keepsAlive ? "keep" : "close"
                outcomes.append("\(head.method) \(head.path ?? "-") \(head.authority ?? "-") [\(body)] \(rest)")
            case .needsMore, .needsContinue: break
            }
        }
    }
}

extension MessageLimits {
    /// Small ones, to run into.
    static var small: MessageLimits {
        var limits = MessageLimits()
        limits.headBytes = 128
        limits.fieldCount = 4
        limits.targetBytes = 32
        limits.bodyBytes = 16
        return limits
    }
}
