extension RequestVector {
    private static let noLine = "400: a request line that is not method, target and version"
    private static let noVersion = "400: a request line without HTTP version"
    private static let otherVersion = "505: a version other than HTTP/1.1 and HTTP/1.0"
    private static let noMethod = "400: a method that is no token"

    /// The first line: its parts, the method, and the version.
    static let lines: [RequestVector] = goodLines + badLines + methods + versions

    private static let goodLines: [RequestVector] = [
        RequestVector("plain", "9112 3", "GET / HTTP/1.1\r\nHost: a\r\n\r\n", "GET / a [] keep"),
        RequestVector("empty lines before", "9112 2.2", "\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n", "GET / a [] keep"),
    ]

    private static let badLines: [RequestVector] = [
        RequestVector("two spaces", "9112 3", "GET  / HTTP/1.1\r\nHost: a\r\n\r\n", noLine),
        RequestVector("space at the end", "9112 3", "GET / HTTP/1.1 \r\nHost: a\r\n\r\n", noLine),
        RequestVector("tabs for spaces", "9112 3", "GET\t/\tHTTP/1.1\r\nHost: a\r\n\r\n", noLine),
        RequestVector("vertical tabs for spaces", "9112 3", "GET\u{b}/\u{b}HTTP/1.1\r\nHost: a\r\n\r\n", noLine),
        RequestVector("space in the target", "9112 3.2", "GET /a b HTTP/1.1\r\nHost: a\r\n\r\n", noLine),
        RequestVector("no target", "9112 3", "GET HTTP/1.1\r\nHost: a\r\n\r\n", noLine),
        RequestVector("method alone", "9112 3", "GET\r\nHost: a\r\n\r\n", noLine),
        RequestVector("field in its place", "9112 3", "Host: a\r\n\r\n", noLine),
        RequestVector("line feed alone", "9112 2.2", "GET / HTTP/1.1\nHost: a\n\n", "400: a line feed alone"),
        RequestVector("line feed before", "9112 2.2", "\nGET / HTTP/1.1\r\nHost: a\r\n\r\n", "400: a line feed alone"),
        RequestVector("line feed within", "9112 2.2", "GET /\n HTTP/1.1\r\nHost: a\r\n\r\n", "400: a line feed alone"),
        RequestVector(
            "carriage return within",
            "9112 2.2",
            "GET /\r HTTP/1.1\r\nHost: a\r\n\r\n",
            "400: a carriage return within the request line"
        ),
        RequestVector(
            "carriage return before",
            "9112 2.2",
            "\rGET / HTTP/1.1\r\nHost: a\r\n\r\n",
            "400: a carriage return within the request line"
        ),
        RequestVector(
            "two carriage returns",
            "9112 2.2",
            "GET / HTTP/1.1\r\r\nHost: a\r\n\r\n",
            "400: a carriage return within the request line"
        ),
        RequestVector("TLS on a plain port", "9112 3", "\u{16}\u{3}\u{1}\u{2}\0\u{1}\n", "400: a line feed alone"),
    ]

    private static let methods: [RequestVector] = [
        RequestVector("unknown method", "9110 9.1", "PURGE /x HTTP/1.1\r\nHost: a\r\n\r\n", "PURGE /x a [] keep"),
        // Methods have a case, so this is another one; what becomes of it is the handler's choice.
        RequestVector("lower-case method", "9110 9.1", "get / HTTP/1.1\r\nHost: a\r\n\r\n", "get / a [] keep"),
        RequestVector("every letter of a token", "9110 5.6.2", "A!#$%&'*+-.^_`|~9 / HTTP/1.0\r\n\r\n", token),
        RequestVector("TRACE", "9110 9.3.8", "TRACE / HTTP/1.1\r\nHost: a\r\n\r\n", "TRACE / a [] keep"),
        RequestVector(
            "TRACE with a body",
            "9110 9.3.8",
            "TRACE / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\n\r\nx",
            "400: a TRACE request with a body"
        ),
        RequestVector(
            "TRACE with chunks",
            "9110 9.3.8",
            "TRACE / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
            "400: a TRACE request with a body"
        ),
        RequestVector("CONNECT", "9110 9.3.6", "CONNECT a:443 HTTP/1.1\r\nHost: a\r\n\r\n", connect),
        RequestVector("CONNECT with a path", "9110 9.3.6", "CONNECT / HTTP/1.1\r\nHost: a\r\n\r\n", connect),
        RequestVector("long method", "9112 3", "\(thirtyTwo) / HTTP/1.0\r\n\r\n", "\(thirtyTwo) / - [] close"),
        RequestVector("longer method", "9112 3", "\(thirtyTwo)M / HTTP/1.0\r\n\r\n", "501: a method over 32 bytes"),
        RequestVector("method that is no token", "9110 5.6.2", "G(T / HTTP/1.1\r\nHost: a\r\n\r\n", noMethod),
        RequestVector("method outside ASCII", "9110 5.6.2", "G\u{e9}T / HTTP/1.1\r\nHost: a\r\n\r\n", noMethod),
        RequestVector("NUL in the method", "9110 5.6.2", "G\0T / HTTP/1.1\r\nHost: a\r\n\r\n", noMethod),
        RequestVector("no method", "9112 3", " / HTTP/1.1\r\nHost: a\r\n\r\n", noMethod),
    ]

    private static let token = "A!#$%&'*+-.^_`|~9 / - [] close"
    private static let connect = "501: CONNECT, but this is no proxy"
    private static let thirtyTwo = String(repeating: "M", count: 32)

    private static let versions: [RequestVector] = [
        RequestVector("HTTP/1.0", "9112 2.3", "GET / HTTP/1.0\r\n\r\n", "GET / - [] close"),
        // Judged at its only line: whoever sends it waits for an answer, not for us to wait for fields.
        RequestVector("HTTP/0.9", "9112 2.3", "GET /\r\n", noLine),
        // Section 2.5 would have it read as 1.1, but there is none: who names it is guessing, and we do not guess along.
        RequestVector("HTTP/1.2", "9110 2.5", "GET / HTTP/1.2\r\nHost: a\r\n\r\n", otherVersion),
        RequestVector("HTTP/2.0", "9110 15.6.6", "GET / HTTP/2.0\r\nHost: a\r\n\r\n", otherVersion),
        RequestVector("HTTP/2 preface", "9113 3.4", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", otherVersion),
        RequestVector("HTTP/0.9 by name", "9110 15.6.6", "GET / HTTP/0.9\r\nHost: a\r\n\r\n", otherVersion),
        RequestVector("lower-case version", "9112 2.3", "GET / http/1.1\r\nHost: a\r\n\r\n", noVersion),
        RequestVector("minor version of two digits", "9112 2.3", "GET / HTTP/1.10\r\nHost: a\r\n\r\n", noVersion),
        RequestVector("major version of two digits", "9112 2.3", "GET / HTTP/01.1\r\nHost: a\r\n\r\n", noVersion),
        RequestVector("no minor version", "9112 2.3", "GET / HTTP/2\r\nHost: a\r\n\r\n", noVersion),
        RequestVector("signed version", "9112 2.3", "GET / HTTP/-1.\r\nHost: a\r\n\r\n", noVersion),
        RequestVector("version of letters", "9112 2.3", "GET / HTTP/a.b\r\nHost: a\r\n\r\n", noVersion),
        RequestVector("major version of a letter", "9112 2.3", "GET / HTTP/a.1\r\nHost: a\r\n\r\n", noVersion),
        RequestVector("comma in the version", "9112 2.3", "GET / HTTP/1,1\r\nHost: a\r\n\r\n", noVersion),
        RequestVector("another protocol", "9112 2.3", "OPTIONS * RTSP/1.0\r\nHost: a\r\n\r\n", noVersion),
        RequestVector("NUL after the version", "9112 2.3", "GET / HTTP/1.1\0\r\nHost: a\r\n\r\n", noVersion),
        RequestVector("empty version", "9112 2.3", "GET / \r\nHost: a\r\n\r\n", noVersion),
    ]
}
