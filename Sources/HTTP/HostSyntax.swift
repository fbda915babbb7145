/// The grammar of a Host field: `uri-host [ ":" port ]` (RFC 9110 section 7.2, RFC 3986 section 3.2).
enum HostSyntax {
    /// Whether `text` is a host with a port or without.
    ///
    /// An empty one is none: RFC 9110 section 4.2.1 has an http URL without host refused. So is user information.
    static func isHost(_ text: Span<UInt8>) -> Bool {
        guard !text.isEmpty else { return false }
        var position = 0
        if text[0] == UInt8(ascii: "[") {
            guard let end = endOfLiteral(text) else { return false }
            position = end
        } else {
            while position < text.count, text[position] != MessageSyntax.colon {
                guard isName(text[position]) else { return false }
                if text[position] == UInt8(ascii: "%"), !isEscape(text, at: position) { return false }
                position += 1
            }
            guard position > 0 else { return false }
        }
        return position == text.count || isPort(text, from: position)
    }

    /// `:`, and digits that make 65,535 at most; RFC 3986 lets them be left out.
    private static func isPort(_ text: Span<UInt8>, from start: Int) -> Bool {
        guard text[start] == MessageSyntax.colon else { return false }
        var port = 0
        for position in start + 1..<text.count {
            guard MessageSyntax.isDigit(text[position]) else { return false }
            port = port * 10 + Int(text[position] - 0x30)
            guard port <= 65_535 else { return false }
        }
        return true
    }

    /// Where an IPv6 address in brackets ends: at least two colons, and nothing but hex digits, colons and dots.
    private static func endOfLiteral(_ text: Span<UInt8>) -> Int? {
        var colons = 0
        for position in 1..<text.count {
            switch text[position] {
            case UInt8(ascii: "]"): return colons >= 2 ? position + 1 : nil
            case MessageSyntax.colon: colons += 1
            case UInt8(ascii: "."): break
            case let byte: guard MessageSyntax.hexValue(byte) != nil else { return nil }
            }
        }
        return nil
    }

    private static func isEscape(_ text: Span<UInt8>, at position: Int) -> Bool {
        position + 2 < text.count && MessageSyntax.hexValue(text[position + 1]) != nil
            && MessageSyntax.hexValue(text[position + 2]) != nil
    }

    private static func isName(_ byte: UInt8) -> Bool {
        switch byte {
        case 0x30...0x39, 0x41...0x5a, 0x61...0x7a: true
        // unreserved and sub-delims of RFC 3986, and the mark of an escape.
        case 0x2d, 0x2e, 0x5f, 0x7e, 0x21, 0x24, 0x26...0x2c, 0x3b, 0x3d, 0x25: true
        default: false
        }
    }
}
