extension RequestVector {
    private static let noSize = "400: a chunk size that is no number"
    private static let noExtension = "400: a chunk extension that is none"
    private static let tooLong = "400: a chunk longer than its size"
    private static let fed = "400: a line feed alone"
    private static let returned = "400: a carriage return alone"
    private static let belongsAbove = "400: a trailer that belongs into the head"

    /// Chunked bodies.
    static let chunks: [RequestVector] = goodChunks + extensions + badSizes + badChunks + trailers

    private static let goodChunks: [RequestVector] = [
        RequestVector("one chunk", "9112 7.1", chunks: "5\r\nhello\r\n0\r\n\r\n", "POST /x a [hello] keep"),
        RequestVector("no chunk", "9112 7.1", chunks: "0\r\n\r\n", "POST /x a [] keep"),
        RequestVector("several zeros", "9112 7.1", chunks: "000\r\n\r\n", "POST /x a [] keep"),
        RequestVector(
            "hexadecimal sizes",
            "9112 7.1",
            chunks: "A\r\n0123456789\r\n00000a\r\n0123456789\r\n0\r\n\r\n",
            "POST /x a [01234567890123456789] keep"
        ),
        RequestVector("chunk of a line end", "9112 7.1", chunks: "2\r\n\r\n\r\n0\r\n\r\n", "POST /x a [\r\n] keep"),
        RequestVector(
            "chunk that looks like the last",
            "9112 7.1",
            chunks: "5\r\n0\r\n\r\n\r\n0\r\n\r\n",
            "POST /x a [0\r\n\r\n] keep"
        ),
        RequestVector("no last chunk", "9112 8", chunks: "5\r\nhello\r\n", "incomplete"),
        RequestVector("no empty line", "9112 8", chunks: "5\r\nhello\r\n0\r\n", "incomplete"),
        RequestVector(
            "a request behind",
            "9112 7.1",
            chunks: "1\r\nx\r\n0\r\n\r\nGET /2 HTTP/1.0\r\n\r\n",
            "POST /x a [x] keep",
            "GET /2 - [] close"
        ),
    ]

    private static let extensions: [RequestVector] =
        [";n", ";n=v", ";n=v;m", ";q=\"a b\"", ";q=\"a;b\"", ";q=\"\"", ";q=\"\\\"\"", ";q=\"\u{e9}\t\"", ";a;b;c=d"]
        .map {
            RequestVector(
                "extension \($0)",
                "9112 7.1.1",
                chunks: "4\($0)\r\nwiki\r\n0;end\r\n\r\n",
                "POST /x a [wiki] keep"
            )
        }
        + [
            ";", ";;", "; n", ";n ", ";n =v", ";n= v", ";n=", ";=v", ";n=v=w", ";n=v,m", ";q=\"a", ";q=\"a\"b",
            ";q=\"\\", ";\0",
            ";n=\0", ";q=\"\0\"", ";q=\"\\\0\"", ";\u{e9}",
        ].map {
            RequestVector("bad extension \($0)", "9112 7.1.1", chunks: "4\($0)\r\nwiki\r\n0\r\n\r\n", noExtension)
        }

    /// Blanks before a semicolon may be lived with, says section 7.1.1, but readers that disagree are what smugglers need.
    private static let badSizes: [RequestVector] =
        [
            "x", "-1", "-0", "+1", "0x5", "", " 5", "5 ", "\t5", "5\t", "5 ;n", "5\u{b}", "5_0", "5,5", "5h",
            "\u{0665}", "\"5\"", ";n",
            "1234567890123456", "ffffffffffffffff", "10000000000000005", "00000000000000005", "5\0", "5\u{a0}",
        ].map { RequestVector("chunk size \($0)", "9112 7.1", chunks: "\($0)\r\nhello\r\n0\r\n\r\n", noSize) }

    private static let badChunks: [RequestVector] = [
        RequestVector("size with a line feed", "9112 7.1", chunks: "5\nhello\r\n0\r\n\r\n", fed),
        RequestVector("size with a carriage return", "9112 7.1", chunks: "5\rhello\r\n0\r\n\r\n", returned),
        RequestVector("size with two", "9112 7.1", chunks: "5\r\r\nhello\r\n0\r\n\r\n", returned),
        RequestVector("line feed in an extension", "9112 7.1.1", chunks: "5;n\nhello\r\n0\r\n\r\n", fed),
        RequestVector("line feed in quotes", "9112 7.1.1", chunks: "5;n=\"\n\"\r\nhello\r\n0\r\n\r\n", fed),
        RequestVector(
            "carriage return in an extension",
            "9112 7.1.1",
            chunks: "5;n\rm\r\nhello\r\n0\r\n\r\n",
            returned
        ),
        RequestVector("size too small", "9112 7.1", chunks: "3\r\nhello\r\n0\r\n\r\n", tooLong),
        RequestVector("size too large", "9112 7.1", chunks: "7\r\nhello\r\n0\r\n\r\n", tooLong),
        RequestVector("no line end behind the data", "9112 7.1", chunks: "5\r\nhello0\r\n\r\n", tooLong),
        RequestVector("line feed behind the data", "9112 7.1", chunks: "5\r\nhello\n0\r\n\r\n", fed),
        RequestVector("carriage return behind the data", "9112 7.1", chunks: "5\r\nhello\r0\r\n\r\n", returned),
        RequestVector("blank behind the data", "9112 7.1", chunks: "5\r\nhello \r\n0\r\n\r\n", tooLong),
        RequestVector("two line ends behind the data", "9112 7.1", chunks: "5\r\nhello\r\n\r\n0\r\n\r\n", noSize),
        RequestVector("last chunk with a line feed", "9112 7.1", chunks: "0\n\r\n", fed),
        RequestVector("end with a line feed", "9112 7.1", chunks: "0\r\n\n", fed),
        RequestVector("end with a carriage return", "9112 7.1", chunks: "0\r\n\rGET / HTTP/1.1\r\n", returned),
    ]

    private static let trailers: [RequestVector] =
        [
            RequestVector(
                "trailers",
                "9112 7.1.2",
                chunks: "1\r\nx\r\n0\r\nX-Sum: 1\r\nX-Two:2\r\n\r\n",
                "POST /x a [x] keep"
            ),
            RequestVector(
                "folded trailer",
                "9112 5.2",
                chunks: "0\r\nX: y\r\n z\r\n\r\n",
                "400: a folded header field"
            ),
            RequestVector(
                "space before a trailer",
                "9112 5.2",
                chunks: "0\r\n X: y\r\n\r\n",
                "400: a folded header field"
            ),
            RequestVector(
                "space before its colon",
                "9112 5.1",
                chunks: "0\r\nX : y\r\n\r\n",
                "400: a header field's name is no token"
            ),
            RequestVector(
                "trailer without colon",
                "9112 5",
                chunks: "0\r\nX\r\n\r\n",
                "400: a header field without colon"
            ),
            RequestVector(
                "request as a trailer",
                "9112 5",
                chunks: "0\r\nGET / HTTP/1.1\r\n\r\n",
                "400: a header field's name is no token"
            ),
            RequestVector(
                "control character in a trailer",
                "9110 5.5",
                chunks: "0\r\nX: \0\r\n\r\n",
                "400: a control character in a header field"
            ),
            RequestVector("trailer with a line feed", "9112 2.2", chunks: "0\r\nX: y\n\r\n", fed),
            RequestVector("trailer with a carriage return", "9112 2.2", chunks: "0\r\nX: y\rZ: 1\r\n\r\n", returned),
        ]
        + [
            "Content-Length: 5", "content-length: 0", "Transfer-Encoding: chunked", "Transfer-Encoding:", "Host: b",
            "Connection: close",
            "Expect: 100-continue",
        ].map { RequestVector("trailer \($0)", "9110 6.5.1", chunks: "0\r\nX: y\r\n\($0)\r\n\r\n", belongsAbove) }
}
