import HTTP
import HTTPTypes

/// Requests one after another, and a chunked body: however the bytes are cut, they come to the same, and a request that
/// was understood is understood again when it is written plainly.
enum RequestTarget {
    /// What bytes came to.
    private struct Outcome: Equatable {
        var requests: [Understood] = []
        /// Where the parser stood after the last byte, or what it refused.
        var end = ""
    }

    private struct Understood: Equatable {
        let method: String
        let path: String?
        let authority: String?
        let fields: HTTPFields
        let body: [UInt8]
        let keepsAlive: Bool
        let isVersion10: Bool

        init(_ request: ParsedRequest) {
            method = request.head.method.rawValue
            path = request.head.path
            authority = request.head.authority
            fields = request.head.headerFields
            body = request.body
            keepsAlive = request.keepsAlive
            isVersion10 = request.isVersion10
        }
    }

    private static let chunkedHead = Array("POST /x HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n".utf8)

    static func run(_ bytes: [UInt8]) throws {
        for limits in [MessageLimits(), .small] {
            try check(bytes, limits)
            try check(chunkedHead + bytes, limits)
        }
    }

    private static func check(_ bytes: [UInt8], _ limits: MessageLimits) throws {
        let whole = try outcome(of: bytes, cuts: [], limits)
        for cuts in ByteCuts.lists(for: bytes) {
            let parts = try outcome(of: bytes, cuts: cuts, limits)
            try hold(parts == whole, "cut at \(cuts.prefix(9)): \(parts), in one piece: \(whole)")
        }
        for request in whole.requests { try checkReadsAgain(request, limits) }
    }

    private static func outcome(of bytes: [UInt8], cuts: [Int], _ limits: MessageLimits) throws -> Outcome {
        var parser = RequestParser(limits: limits)
        var outcome = Outcome()
        for range in ByteCuts.pieces(of: bytes.count, cuts: cuts) {
            let piece = bytes.span.extracting(range)
            var offset = 0
            while offset < piece.count {
                let output: RequestParser.Output
                do throws(MessageFault) {
                    output = try parser.consume(piece, at: &offset)
                } catch {
                    try hold((400..<600).contains(error.status) && !error.reason.isEmpty, "a fault without status")
                    outcome.end = "\(error)"
                    return outcome
                }
                if case .request(let request) = output {
                    outcome.requests.append(Understood(request))
                } else {
                    try hold(offset == piece.count, "bytes were left over, and more were asked for")
                }
            }
        }
        outcome.end = parser.isBetweenRequests ? "between requests" : "incomplete"
        return outcome
    }

    /// Nobody behind us may see another request than we did: written with one length and no coding it must be the same.
    private static func checkReadsAgain(_ request: Understood, _ limits: MessageLimits) throws {
        try hold(request.body.count <= limits.bodyBytes, "a body of \(request.body.count) bytes")
        var text = "\(request.method) \(request.path ?? "") HTTP/1.\(request.isVersion10 ? 0 : 1)\r\n"
        if let authority = request.authority { text += "Host: \(authority)\r\n" }
        let framing = ["host", "content-length", "transfer-encoding", "expect"]
        for field in request.fields where !framing.contains(field.name.canonicalName) {
            text += "\(field.name.rawName): \(field.value)\r\n"
        }
        text += "Content-Length: \(request.body.count)\r\n\r\n"
        var generous = MessageLimits()
        generous.headBytes = 1 << 20
        generous.targetBytes = 1 << 20
        let again = try outcome(of: Array(text.utf8) + request.body, cuts: [], generous)
        try hold(again.requests.count == 1, "understood \(request), written again: \(again)")
        let second = again.requests[0]
        try hold(
            second.method == request.method && second.path == request.path && second.authority == request.authority
                && second.body == request.body && second.keepsAlive == request.keepsAlive,
            "understood \(request), written again: \(again)"
        )
    }
}
