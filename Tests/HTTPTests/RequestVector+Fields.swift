extension RequestVector {
    private static let noName = "400: a header field's name is no token"
    private static let noColon = "400: a header field without colon"
    private static let folded = "400: a folded header field"
    private static let control = "400: a control character in a header field"
    private static let returned = "400: a carriage return within a header field"
    private static let fed = "400: a line feed alone"
    private static let empty = "POST /x a [] keep"

    /// The syntax of header fields.
    static let fields: [RequestVector] = goodFields + badNames + badValues + badLineEnds

    private static let goodFields: [RequestVector] = [
        RequestVector("blanks round a value", "9112 5", fields: "X:\t a \t", gives: empty),
        RequestVector("no blank", "9112 5", fields: "X:a", gives: empty),
        RequestVector("empty value", "9112 5", fields: "X:", "Y: \t ", gives: empty),
        RequestVector("tab within a value", "9110 5.5", fields: "X: a\tb", gives: empty),
        RequestVector("letters outside ASCII", "9110 5.5", fields: "X: \u{e9}\u{20ac}", gives: empty),
        RequestVector("colons in a value", "9110 5.5", fields: "X: a: b:", gives: empty),
        RequestVector("name of every letter of a token", "9110 5.6.2", fields: "!#$%&'*+-.^_`|~9: a", gives: empty),
        RequestVector(
            "name in any case",
            "9110 5.1",
            fields: "cOnTeNt-LeNgTh: 1",
            body: "x",
            gives: "POST /x a [x] keep"
        ),
        // Another field, and nobody here turns one into the other.
        RequestVector("underscore for a hyphen", "9110 5.1", fields: "Content_Length: 5", gives: empty),
        RequestVector(
            "bytes that are no UTF-8",
            "9110 5.5",
            bytes: Array("GET / HTTP/1.1\r\nHost: a\r\nX: ".utf8) + [0xff, 0x80, 0xc3] + Array("\r\n\r\n".utf8),
            gives: "GET / a [] keep"
        ),
        RequestVector("a field that comes twice", "9110 5.3", fields: "X: a", "X: b", gives: empty),
    ]

    private static let badNames: [RequestVector] = [
        RequestVector("space before the colon", "9112 5.1", fields: "Content-Length : 5", body: "hello", gives: noName),
        RequestVector("tab before the colon", "9112 5.1", fields: "Content-Length\t: 5", body: "hello", gives: noName),
        RequestVector("space in a name", "9112 5.1", fields: "Content Length: 5", body: "hello", gives: noName),
        RequestVector("letter outside ASCII in a name", "9110 5.1", fields: "X\u{e9}: a", gives: noName),
        // To who puts letters into lower case by Unicode's rules, this is a k.
        RequestVector("Kelvin sign in a name", "9110 5.1", fields: "\u{212a}eep-Alive: a", gives: noName),
        RequestVector("empty name", "9110 5.1", fields: ": a", gives: noName),
        RequestVector("NUL in a name", "9110 5.1", fields: "X\0: a", gives: noName),
        RequestVector("NUL before the colon", "9110 5.1", fields: "Transfer-Encoding\0: chunked", gives: noName),
        RequestVector(
            "vertical tab before the colon",
            "9110 5.1",
            fields: "Transfer-Encoding\u{b}: chunked",
            gives: noName
        ),
        RequestVector("slash in a name", "9110 5.1", fields: "X/Y: a", gives: noName),
        RequestVector("quotes round a name", "9110 5.1", fields: "\"X\": a", gives: noName),
        RequestVector("no colon", "9112 5", fields: "X", gives: noColon),
        RequestVector("no colon and a space", "9112 5", fields: "X a", gives: noName),
        RequestVector("folded by a space", "9112 5.2", fields: "X: a", " b", gives: folded),
        RequestVector("folded by a tab", "9112 5.2", fields: "X: a", "\tb", gives: folded),
        RequestVector("folded coding", "9112 5.2", fields: "Transfer-Encoding:", " chunked", gives: folded),
        RequestVector("folded to nothing", "9112 5.2", fields: "X: a", " ", gives: folded),
        RequestVector("space before the first field", "9112 2.2", "GET / HTTP/1.1\r\n Host: a\r\n\r\n", folded),
        RequestVector("tab before the first field", "9112 2.2", "GET / HTTP/1.1\r\n\tHost: a\r\n\r\n", folded),
        RequestVector("a second request line", "9112 5", fields: "GET / HTTP/1.1", gives: noName),
    ]

    private static let badValues: [RequestVector] =
        (0...31).filter { ![9, 10, 13].contains($0) }
        .map { code in
            RequestVector("control \(code)", "9110 5.5", fields: "X: a\(Unicode.Scalar(UInt8(code)))b", gives: control)
        } + [
            RequestVector("delete", "9110 5.5", fields: "X: a\u{7f}", gives: control),
            RequestVector("NUL at the start", "9110 5.5", fields: "X: \0a", gives: control),
            RequestVector("NUL instead of a value", "9110 5.5", fields: "X:\0", gives: control),
            RequestVector("NUL in the host", "9110 5.5", "GET / HTTP/1.1\r\nHost: a\0b\r\n\r\n", control),
        ]

    private static let badLineEnds: [RequestVector] = [
        RequestVector("carriage return alone", "9112 2.2", fields: "X: a\rContent-Length: 5", gives: returned),
        RequestVector("two carriage returns behind a value", "9112 2.2", fields: "X: a\r", gives: returned),
        RequestVector("carriage return in a name", "9112 2.2", fields: "X\rY: a", gives: noName),
        RequestVector("carriage return for an empty line", "9112 2.2", fields: "\rX: a", gives: noName),
        RequestVector("line feed behind a value", "9112 2.2", fields: "X: a\nContent-Length: 5", gives: fed),
        RequestVector("line feed in a name", "9112 2.2", fields: "X\nY: a", gives: fed),
        RequestVector("line feed for an empty line", "9112 2.2", "GET / HTTP/1.1\r\nHost: a\r\n\n", fed),
        RequestVector("line feed and carriage return", "9112 2.2", "GET / HTTP/1.1\r\nHost: a\n\r\n\r", fed),
        RequestVector("fields that do not end", "9112 2.1", "GET / HTTP/1.1\r\nHost: a\r\n", "incomplete"),
    ]
}
