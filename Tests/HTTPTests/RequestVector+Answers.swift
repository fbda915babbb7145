import HTTP
import HTTPTypes

extension RequestVector {
    /// Whether the server ends the connection of its own accord.
    var isClosedByServer: Bool { expectedAnswers.last?.hasSuffix(" close") ?? false }

    /// What a server that echoes answers: `200 [GET / ] keep`, or `400 close` for a fault.
    ///
    /// What comes after an answer that closes the connection has none, and neither has what is not whole when the client
    /// sends no more.
    var expectedAnswers: [String] {
        var answers: [String] = []
        for outcome in outcomes {
            if outcome == "incomplete" || answers.last?.hasSuffix(" close") == true { break }
            if outcome.first?.isNumber == true {
                answers.append("\(outcome.prefix(3)) close")
            } else {
                answers.append("200 [\(echoed(outcome))] \(outcome.hasSuffix(" keep") ? "keep" : "close")")
            }
        }
        return answers
    }

    /// The answers in `text`, in the same form; what is no whole answer is shown as it is.
    func answers(in text: String) -> [String] {
        let bytes = Array(text.utf8)
        var answers: [String] = []
        var offset = 0
        while offset < bytes.count {
            let start = offset
            do throws(MessageFault) {
                answers.append(try answer(number: answers.count, in: bytes, at: &offset))
            } catch {
                return answers + ["\(error)"]
            }
            if start == offset { return answers + [String(decoding: bytes[start...], as: UTF8.self)] }
        }
        return answers
    }

    private func answer(number: Int, in bytes: [UInt8], at offset: inout Int) throws(MessageFault) -> String {
        let interim = Array("HTTP/1.1 100 Continue\r\n\r\n".utf8)
        if bytes[offset...].starts(with: interim) {
            offset += interim.count
            return "100 Continue"
        }
        let isHead = bytes.isEmpty ? false : number < outcomes.count && isHead(outcomes[number])
        var parser = ResponseParser(isHead: isHead)
        var body: [UInt8] = []
        guard let head = try parser.takeHead(bytes.span, at: &offset) else { return "no whole head" }
        try parser.takeBody(bytes.span, at: &offset, into: &body)
        guard parser.isDone else { return "no whole body" }
        let rest = parser.keepsAlive ? "keep" : "close"
        guard head.status == .ok else {
            // A refusal says what was wrong, except in answer to HEAD.
            return body.isEmpty && !isHead ? "\(head.status.code) without reason" : "\(head.status.code) \(rest)"
        }
        return "200 [\(String(decoding: body, as: UTF8.self))] \(rest)"
    }

    /// Whether `outcome` is that of a HEAD request, whose answer has no body.
    private func isHead(_ outcome: String) -> Bool {
        outcome.hasPrefix("HEAD ") || outcome.first?.isNumber == true && bytes.starts(with: Array("HEAD ".utf8))
    }

    /// What comes back of `POST /x a [hello] keep`: `POST /x hello`.
    private func echoed(_ outcome: String) -> String {
        if isHead(outcome) { return "" }
        let parts = outcome.split(separator: " ", maxSplits: 3)
        let body = parts[3].dropFirst().prefix { _ in true }
        let end = body.lastIndex(of: "]") ?? body.endIndex
        return "\(parts[0]) \(parts[1]) \(body[..<end])"
    }
}
