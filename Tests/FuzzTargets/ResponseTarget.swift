import HTTP
import HTTPTypes

/// A response: however the bytes are cut, they come to the same.
enum ResponseTarget {
    /// What bytes came to, up to the end of the connection.
    private struct Outcome: Equatable {
        var response: HTTPResponse?
        var body: [UInt8] = []
        var keepsAlive = false
        var isDone = false
        /// Bytes behind the response.
        var left = 0
        var fault: String?
    }

    static func run(_ bytes: [UInt8]) throws {
        for limits in [MessageLimits(), .small] {
            for isHead in [false, true] {
                let whole = try outcome(of: bytes, cuts: [], isHead, limits)
                for cuts in ByteCuts.lists(for: bytes) {
                    let parts = try outcome(of: bytes, cuts: cuts, isHead, limits)
                    try hold(parts == whole, "cut at \(cuts.prefix(9)): \(parts), in one piece: \(whole)")
                }
            }
        }
    }

    private static func outcome(
        of bytes: [UInt8],
        cuts: [Int],
        _ isHead: Bool,
        _ limits: MessageLimits
    ) throws -> Outcome {
        var parser = ResponseParser(isHead: isHead, limits: limits)
        var outcome = Outcome()
        for range in ByteCuts.pieces(of: bytes.count, cuts: cuts) {
            let piece = bytes.span.extracting(range)
            var offset = 0
            do throws(MessageFault) {
                if outcome.response == nil { outcome.response = try parser.takeHead(piece, at: &offset) }
                if outcome.response != nil, !parser.isDone {
                    try parser.takeBody(piece, at: &offset, into: &outcome.body)
                }
            } catch {
                // How much of the body came before the fault depends on the pieces; nobody is given it.
                return Outcome(response: outcome.response, fault: "\(error)")
            }
            try hold(parser.isDone || offset == piece.count, "bytes were left over, and more were asked for")
            outcome.left += piece.count - offset
        }
        guard let response = outcome.response else { return outcome }
        outcome.isDone = parser.isDone || parser.takeEnd()
        outcome.keepsAlive = parser.keepsAlive
        try hold(!isHead || outcome.body.isEmpty, "the answer to HEAD has a body: \(outcome)")
        let length = response.headerFields[.contentLength].flatMap { Int($0) }
        let isWhole = outcome.isDone && !isHead && ![204, 304].contains(response.status.code)
        try hold(!isWhole || length == nil || length == outcome.body.count, "a body of another length: \(outcome)")
        return outcome
    }
}
