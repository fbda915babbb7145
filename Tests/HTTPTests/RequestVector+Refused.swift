extension RequestVector {
    /// What a server must refuse.
    static let refused: [RequestVector] = [requestLines, hosts, fields, framing, chunkSizes, chunks, sizes].flatMap {
        $0
    }

    private static let requestLines: [RequestVector] = [
        RequestVector("GET /\r\nHost: a\r\n\r\n", "400: a request line that is not method, target and version"),
        RequestVector("GET  / HTTP/1.1\r\n\r\n", "400: a request line that is not method, target and version"),
        RequestVector("GET / HTTP/1.1 \r\n\r\n", "400: a request line that is not method, target and version"),
        RequestVector("GET\t/\tHTTP/1.1\r\n\r\n", "400: a request line that is not method, target and version"),
        RequestVector("G(T / HTTP/1.1\r\n\r\n", "400: a method that is no token"),
        RequestVector(" / HTTP/1.1\r\n\r\n", "400: a method that is no token"),
        RequestVector("GET / HTTP/2.0\r\n\r\n", "505: a version other than HTTP/1.1 and HTTP/1.0"),
        RequestVector("GET / HTTP/1.2\r\n\r\n", "505: a version other than HTTP/1.1 and HTTP/1.0"),
        RequestVector("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "505: a version other than HTTP/1.1 and HTTP/1.0"),
        RequestVector("GET / http/1.1\r\n\r\n", "400: a request line without HTTP version"),
        RequestVector("GET / HTTP/1.10\r\n\r\n", "400: a request line without HTTP version"),
        RequestVector("GET foo HTTP/1.1\r\n\r\n", "400: a request target that is neither a path nor a URL"),
        RequestVector("GET * HTTP/1.1\r\n\r\n", "400: a request target that is neither a path nor a URL"),
        RequestVector("GET ftp://a/ HTTP/1.1\r\n\r\n", "400: a request target that is neither a path nor a URL"),
        RequestVector("GET /a#b HTTP/1.1\r\n\r\n", "400: a request target with a character that must be escaped"),
        RequestVector("GET /\u{e9} HTTP/1.1\r\n\r\n", "400: a request target with a character that must be escaped"),
        RequestVector("GET /\u{0} HTTP/1.1\r\n\r\n", "400: a request target with a character that must be escaped"),
        RequestVector("CONNECT a:443 HTTP/1.1\r\n\r\n", "501: CONNECT, but this is no proxy"),
        RequestVector("GET / HTTP/1.1\nHost: a\n\n", "400: a line feed alone"),
        RequestVector("\nGET / HTTP/1.1\r\nHost: a\r\n\r\n", "400: a line feed alone"),
        RequestVector("GET /\r HTTP/1.1\r\n\r\n", "400: a carriage return within the request line"),
    ]

    private static let hosts: [RequestVector] = [
        RequestVector("GET / HTTP/1.1\r\n\r\n", "400: no host"),
        RequestVector("GET http://a/ HTTP/1.1\r\n\r\n", "400: no host"),
        RequestVector("GET / HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n", "400: more than one host"),
        RequestVector("GET / HTTP/1.0\r\nHost: a\r\nhost: b\r\n\r\n", "400: more than one host"),
        RequestVector("GET / HTTP/1.1\r\nHost: a/b\r\n\r\n", "400: a host that is none"),
        RequestVector("GET / HTTP/1.1\r\nHost: a b\r\n\r\n", "400: a host that is none"),
        RequestVector("GET / HTTP/1.1\r\nHost: u@a\r\n\r\n", "400: a host that is none"),
        RequestVector("GET http:///x HTTP/1.1\r\nHost: a\r\n\r\n", "400: a request target without host"),
        RequestVector("GET http://u@b/ HTTP/1.1\r\nHost: a\r\n\r\n", "400: a request target without host"),
    ]

    private static let fields: [RequestVector] = [
        RequestVector(fields: "X: a", " b", gives: "400: a folded header field"),
        RequestVector(fields: "X: a", "\tb", gives: "400: a folded header field"),
        RequestVector("GET / HTTP/1.1\r\n Host: a\r\n\r\n", "400: a folded header field"),
        RequestVector(fields: "Content-Length : 5", body: "hello", gives: "400: a header field's name is no token"),
        RequestVector(fields: "X\u{e9}: a", gives: "400: a header field's name is no token"),
        RequestVector(fields: ": a", gives: "400: a header field's name is no token"),
        RequestVector(fields: "X", gives: "400: a header field without colon"),
        RequestVector(fields: "X: a\u{0}", gives: "400: a control character in a header field"),
        RequestVector(fields: "X: a\u{7f}", gives: "400: a control character in a header field"),
        RequestVector(fields: "X: a\rContent-Length: 5", gives: "400: a carriage return within a header field"),
        RequestVector(fields: "X: a\r", gives: "400: a carriage return within a header field"),
        RequestVector(fields: "X: a\nContent-Length: 5", gives: "400: a line feed alone"),
        RequestVector(fields: "Expect: 200-ok", gives: "417: an expectation besides 100-continue"),
        RequestVector(fields: "Expect: 100-continue, x", gives: "417: an expectation besides 100-continue"),
    ]

    private static let framing: [RequestVector] =
        lengths + codings + [
            RequestVector(
                fields: "Content-Length: 5",
                "Transfer-Encoding: chunked",
                body: "0\r\n\r\n",
                gives: "400: content-length with transfer-encoding"
            ),
            RequestVector(
                fields: "Transfer-Encoding: chunked",
                "Content-Length: 5",
                body: "0\r\n\r\n",
                gives: "400: content-length with transfer-encoding"
            ),
            RequestVector(fields: "Content-Length: 5", "Content-Length: 5", gives: "400: more than one content-length"),
            RequestVector(fields: "Content-Length: 5", "content-length: 6", gives: "400: more than one content-length"),
            RequestVector(fields: "Transfer-Encoding: gzip, Chunked", gives: "501: a transfer coding besides chunked"),
            RequestVector(
                fields: "Transfer-Encoding: chunked",
                "Transfer-Encoding: chunked",
                gives: "400: transfer-encoding is not chunked"
            ),
            RequestVector(
                fields: "Transfer-Encoding: \u{b}chunked",
                gives: "400: a control character in a header field"
            ),
            RequestVector(
                "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "400: transfer-encoding in HTTP/1.0"
            ),
        ]

    private static let lengths: [RequestVector] = [
        "5, 5", "5,6", "+5", "-1", "0x5", "", "5 5", "5.0", "1234567890123456789", "\u{0663}",
    ].map { length in
        RequestVector(fields: "Content-Length: \(length)", gives: "400: content-length is no number")
    }

    /// The last one has the Kelvin sign, which is a k to who compares letters and not bytes.
    private static let codings: [RequestVector] = [
        "identity", "chunked, chunked", "chunked, gzip", "chun ked", "chunked;q=1", ", chunked", "", "xchunked",
        "chun\u{212a}ed",
    ].map { coding in
        RequestVector(fields: "Transfer-Encoding: \(coding)", gives: "400: transfer-encoding is not chunked")
    }

    private static let chunkSizes: [RequestVector] = [
        "x", "-1", "+1", "0x5", "", " 5", "5 ", "5 ;x", "1234567890123456", "5;\u{0}",
    ].map { size in
        RequestVector(chunks: "\(size)\r\nhello\r\n0\r\n\r\n", "400: a chunk size that is no number")
    }

    private static let chunks: [RequestVector] = [
        RequestVector(chunks: "5\nhello\r\n0\r\n\r\n", "400: a line feed alone"),
        RequestVector(chunks: "5\rhello\r\n0\r\n\r\n", "400: a carriage return alone"),
        RequestVector(chunks: "3\r\nhello\r\n0\r\n\r\n", "400: a chunk longer than its size"),
        RequestVector(chunks: "5\r\nhello0\r\n\r\n", "400: a chunk longer than its size"),
        RequestVector(chunks: "5\r\nhello\n0\r\n\r\n", "400: a line feed alone"),
        RequestVector(chunks: "0\r\n X: y\r\n\r\n", "400: a folded header field"),
        RequestVector(chunks: "0\r\nX : y\r\n\r\n", "400: a header field's name is no token"),
        RequestVector(chunks: "0\r\nX: y\n\r\n", "400: a line feed alone"),
    ]

    private static let sizes: [RequestVector] = [
        RequestVector(fields: "Content-Length: 17", gives: "413: body larger than 16 bytes", limits: .small),
        RequestVector(fields: "Content-Length: 999999999999999999", gives: "413: body larger than 8388608 bytes"),
        RequestVector(chunks: "8\r\n01234567\r\n9\r\n", "413: body larger than 16 bytes", limits: .small),
        RequestVector(chunks: "fffffffffffffff\r\n", "413: body larger than 16 bytes", limits: .small),
        RequestVector(
            "GET /\(String(repeating: "a", count: 32)) HTTP/1.1\r\n\r\n",
            "414: request target longer than 32 bytes",
            limits: .small
        ),
        RequestVector(fields: "A: 1", "B: 2", "C: 3", "D: 4", gives: "431: more than 4 header fields", limits: .small),
        RequestVector(
            fields: "X: \(String(repeating: "a", count: 128))",
            gives: "431: head larger than 128 bytes",
            limits: .small
        ),
        RequestVector(String(repeating: "a", count: 129), "431: head larger than 128 bytes", limits: .small),
        RequestVector(String(repeating: "a", count: 128) + "\n", "431: head larger than 128 bytes", limits: .small),
        RequestVector(String(repeating: "\r\n", count: 65), "431: head larger than 128 bytes", limits: .small),
        RequestVector(
            chunks: "0\r\nA: 1\r\nB: 2\r\nC: 3\r\nD: 4\r\nE: 5\r\n\r\n",
            "431: more than 4 header fields",
            limits: .small
        ),
        RequestVector(
            chunks: "0\r\nX: \(String(repeating: "a", count: 128))\r\n\r\n",
            "431: head larger than 128 bytes",
            limits: .small
        ),
    ]
}
