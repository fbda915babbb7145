extension RequestVector {
    private static let unexpected = "417: an expectation besides 100-continue"

    /// What becomes of the connection, requests one after another, and expectations.
    static let connection: [RequestVector] = options + options10 + pipelines + expectations

    /// `Connection` in HTTP/1.1: what is not `close` changes nothing.
    private static let options: [RequestVector] =
        [
            "close", "Close", "x, CLOSE", "close,x", ",close", "close,", "keep-alive, close", "close, keep-alive",
            "\tclose\t",
        ].map {
            RequestVector("option \($0)", "9112 9.3", fields: "Connection: \($0)", gives: "POST /x a [] close")
        }
        + [
            "", ",", "keep-alive", "closed", "xclose", "close x", "close;x", "\"close\"", "c lose",
            "Upgrade, HTTP2-Settings",
        ].map {
            RequestVector("option \($0)", "9112 9.3", fields: "Connection: \($0)", gives: "POST /x a [] keep")
        } + [
            RequestVector(
                "close in the second field",
                "9110 5.3",
                fields: "Connection: x",
                "Connection: close",
                gives: "POST /x a [] close"
            ),
            RequestVector(
                "close in the first field",
                "9110 5.3",
                fields: "Connection: close",
                "Connection: keep-alive",
                gives: "POST /x a [] close"
            ),
            // Section 7.8 of RFC 9110 lets a server go on without.
            RequestVector(
                "upgrade",
                "9110 7.8",
                fields: "Connection: upgrade",
                "Upgrade: h2c",
                gives: "POST /x a [] keep"
            ),
            RequestVector(
                "Keep-Alive",
                "9112 C.2.2",
                fields: "Keep-Alive: timeout=5, max=1",
                gives: "POST /x a [] keep"
            ),
            RequestVector(
                "Proxy-Connection",
                "9112 C.2.2",
                fields: "Proxy-Connection: close",
                gives: "POST /x a [] keep"
            ),
            RequestVector("host as an option", "9110 7.6.1", fields: "Connection: host", gives: "POST /x a [] keep"),
        ]

    private static let options10: [RequestVector] = [
        RequestVector(
            "HTTP/1.0 closes",
            "9112 9.3",
            "GET / HTTP/1.0\r\n\r\nGET / HTTP/1.0\r\n\r\n",
            "GET / - [] close",
            "GET / - [] close"
        ),
        RequestVector(
            "HTTP/1.0 keeps",
            "9112 C.2.2",
            "GET / HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\n",
            "GET / - [] keep"
        ),
        RequestVector(
            "HTTP/1.0 keeps and closes",
            "9112 9.3",
            "GET / HTTP/1.0\r\nConnection: keep-alive, close\r\n\r\n",
            "GET / - [] close"
        ),
        RequestVector(
            "HTTP/1.0 through a proxy",
            "9112 C.2.2",
            "GET / HTTP/1.0\r\nProxy-Connection: keep-alive\r\n\r\n",
            "GET / - [] close"
        ),
        RequestVector(
            "HTTP/1.0 with a body",
            "9112 6.3",
            "POST / HTTP/1.0\r\nContent-Length: 2\r\n\r\nok",
            "POST / - [ok] close"
        ),
    ]

    private static let pipelines: [RequestVector] = [
        RequestVector(
            "three requests",
            "9112 9.3.2",
            "GET /1 HTTP/1.1\r\nHost: a\r\n\r\nPOST /2 HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nok\r\nGET /3 HTTP/1.1\r\nHost: a\r\n\r\n",
            "GET /1 a [] keep",
            "POST /2 a [ok] keep",
            "GET /3 a [] keep"
        ),
        RequestVector(
            "chunks, HTTP/1.0 and a beginning",
            "9112 9.3.2",
            "POST /1 HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n0\r\n\r\nGET /2 HTTP/1.0\r\n\r\nG",
            "POST /1 a [x] keep",
            "GET /2 - [] close",
            "incomplete"
        ),
        RequestVector(
            "a bad one behind a good one",
            "9112 9.3.2",
            "GET /1 HTTP/1.1\r\nHost: a\r\n\r\nGET /2 HTTP/1.1\r\n\r\nGET /3 HTTP/1.1\r\nHost: a\r\n\r\n",
            "GET /1 a [] keep",
            "400: no host"
        ),
        RequestVector(
            "HEAD and GET",
            "9110 9.3.2",
            "HEAD /1 HTTP/1.1\r\nHost: a\r\n\r\nGET /2 HTTP/1.1\r\nHost: a\r\n\r\n",
            "HEAD /1 a [] keep",
            "GET /2 a [] keep"
        ),
        RequestVector(
            "HEAD with a body",
            "9110 9.3.2",
            "HEAD /1 HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nokGET /2 HTTP/1.1\r\nHost: a\r\n\r\n",
            "HEAD /1 a [ok] keep",
            "GET /2 a [] keep"
        ),
        RequestVector("a bad HEAD", "9110 9.3.2", "HEAD / HTTP/1.1\r\n\r\n", "400: no host"),
        RequestVector("nothing", "9112 9.3", ""),
        RequestVector("empty lines alone", "9112 2.2", "\r\n\r\n"),
    ]

    private static let expectations: [RequestVector] = [
        RequestVector(
            "expectation with its body",
            "9110 10.1.1",
            fields: "Expect: 100-Continue",
            "Content-Length: 2",
            body: "ok",
            gives: "POST /x a [ok] keep"
        ),
        RequestVector(
            "expectation with chunks",
            "9110 10.1.1",
            fields: "Expect: 100-continue",
            "Transfer-Encoding: chunked",
            body: "0\r\n\r\n",
            gives: "POST /x a [] keep"
        ),
        RequestVector(
            "expectation without body",
            "9110 10.1.1",
            fields: "Expect: 100-continue",
            gives: "POST /x a [] keep"
        ),
        RequestVector(
            "expectation of HTTP/1.0",
            "9110 10.1.1",
            "POST / HTTP/1.0\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\nok",
            "POST / - [ok] close"
        ),
        RequestVector(
            "unknown expectation of HTTP/1.0",
            "9110 10.1.1",
            "GET / HTTP/1.0\r\nExpect: x\r\n\r\n",
            "GET / - [] close"
        ),
        RequestVector("unknown expectation", "9110 10.1.1", fields: "Expect: 200-ok", gives: unexpected),
        RequestVector("one expectation too many", "9110 10.1.1", fields: "Expect: 100-continue, x", gives: unexpected),
        RequestVector(
            "expectation twice",
            "9110 10.1.1",
            fields: "Expect: 100-continue",
            "Expect: 100-continue",
            gives: unexpected
        ),
        RequestVector("empty expectation", "9110 10.1.1", fields: "Expect:", gives: unexpected),
        RequestVector(
            "expectation with a parameter",
            "9110 10.1.1",
            fields: "Expect: 100-continue;a=b",
            gives: unexpected
        ),
        RequestVector(
            "expectation and a large body",
            "9110 10.1.1",
            fields: "Expect: 100-continue",
            "Content-Length: 17",
            gives: "413: body larger than 16 bytes",
            limits: .small
        ),
    ]
}
