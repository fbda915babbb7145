/// The host and the port of a URL, as Go's `net/url` takes them apart.
enum GoHost {
    private static let colon = UInt8(ascii: ":")

    /// The host without brackets and the port, empty where there is none; nil where Go would refuse them.
    static func split(_ text: ArraySlice<UInt8>) -> (host: String, port: String)? {
        if text.contains(UInt8(ascii: "[")) { return splitBrackets(text) }
        let end = text.firstIndex(of: colon) ?? text.endIndex
        guard let port = port(text[end...]), let host = GoEscapes.host(text[..<end]) else { return nil }
        return (host, port)
    }

    /// `[address]:port`, `[address%25zone]`.
    private static func splitBrackets(_ text: ArraySlice<UInt8>) -> (host: String, port: String)? {
        guard text.lastIndex(of: UInt8(ascii: "[")) == text.startIndex,
            let closing = text.lastIndex(of: UInt8(ascii: "]")),
            let port = port(text[(closing + 1)...])
        else { return nil }
        let inner = text[(text.startIndex + 1)..<closing]
        let zone = inner.indices.first { inner[$0...].starts(with: "%25".utf8) } ?? inner.endIndex
        guard let address = GoEscapes.host(inner[..<zone]), let name = GoEscapes.zone(inner[zone...]) else {
            return nil
        }
        // A zone that is there has a name behind its percent sign.
        guard name.utf8.count != 1, IPNetwork.address(Array(address.utf8)[...])?.count == 16 else { return nil }
        return (address + name, port)
    }

    /// The digits behind the colon; empty where `text` is empty or the colon alone, nil where there is no port.
    private static func port(_ text: ArraySlice<UInt8>) -> String? {
        guard let first = text.first else { return "" }
        let digits = text.dropFirst()
        guard first == colon, digits.allSatisfy({ (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) }) else {
            return nil
        }
        return String(decoding: digits, as: UTF8.self)
    }
}
