import HTTP
import HTTPTypes
import Testing

/// Bytes of a client, and what they must come to.
///
/// A name says what is special about them, and a section where it is written: of RFC 9112 or RFC 9110, now and then of
/// RFC 9113 (HTTP/2) or RFC 6585 (status 431). Where these leave a choice, it is the strict one, and a comment says why.
struct RequestVector: CustomTestStringConvertible, Sendable {
    /// All of them.
    static let all: [RequestVector] =
        lines + targets + fields + framing + chunks + connection + sizes

    let name: String
    let section: String
    let bytes: [UInt8]
    /// One line for each request, and for the fault that ends them.
    let outcomes: [String]
    let limits: MessageLimits

    /// What `bytes` come to.
    init(_ name: String, _ section: String, bytes: [UInt8], gives outcomes: String...) {
        self.init(name, section, bytes, outcomes, MessageLimits())
    }

    /// What `text` comes to.
    init(
        _ name: String,
        _ section: String,
        _ text: String,
        _ outcomes: String...,
        limits: MessageLimits = MessageLimits()
    ) {
        self.init(name, section, Array(text.utf8), outcomes, limits)
    }

    /// What a request with a good first line and these lines, each without its CRLF, comes to.
    init(
        _ name: String,
        _ section: String,
        fields: String...,
        body: String = "",
        gives outcomes: String...,
        limits: MessageLimits = MessageLimits()
    ) {
        let lines = ["POST /x HTTP/1.1", "Host: a"] + fields
        let text = lines.map { $0 + "\r\n" }.joined() + "\r\n" + body
        self.init(name, section, Array(text.utf8), outcomes, limits)
    }

    /// What a chunked body comes to.
    init(
        _ name: String,
        _ section: String,
        chunks: String,
        _ outcomes: String...,
        limits: MessageLimits = MessageLimits()
    ) {
        let head = "POST /x HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"
        self.init(name, section, Array((head + chunks).utf8), outcomes, limits)
    }

    init(_ name: String, _ section: String, _ bytes: [UInt8], _ outcomes: [String], _ limits: MessageLimits) {
        self.name = name
        self.section = section
        self.bytes = bytes
        self.outcomes = outcomes
        self.limits = limits
    }

    var testDescription: String {
        let text = String(decoding: bytes.prefix(200), as: UTF8.self).debugDescription
        return "\(name.debugDescription) (RFC \(section)): \(text)"
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
