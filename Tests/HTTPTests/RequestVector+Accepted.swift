extension RequestVector {
    /// What a server must understand.
    static let accepted: [RequestVector] = [requestLines, hosts, bodies, chunked, pipelined].flatMap { $0 }

    private static let requestLines: [RequestVector] = [
        RequestVector("GET / HTTP/1.1\r\nHost: a\r\n\r\n", "GET / a [] keep"),
        RequestVector("GET /a/b?c=d&e HTTP/1.1\r\nHost: a:80\r\n\r\n", "GET /a/b?c=d&e a:80 [] keep"),
        RequestVector("GET //double HTTP/1.1\r\nHost: a\r\n\r\n", "GET //double a [] keep"),
        RequestVector("PURGE /x HTTP/1.1\r\nHost: a\r\n\r\n", "PURGE /x a [] keep"),
        RequestVector("OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n", "OPTIONS * a [] keep"),
        RequestVector("GET / HTTP/1.0\r\n\r\n", "GET / - [] close"),
        RequestVector("GET / HTTP/1.0\r\nConnection: Keep-Alive\r\n\r\n", "GET / - [] keep"),
        RequestVector("GET / HTTP/1.1\r\nHost: a\r\nConnection: x, Close\r\n\r\n", "GET / a [] close"),
        RequestVector("GET / HTTP/1.1\r\nHost: a\r\nConnection: closed\r\n\r\n", "GET / a [] keep"),
        RequestVector("\r\n\r\nGET / HTTP/1.1\r\nHost: a\r\n\r\n", "GET / a [] keep"),
    ]

    private static let hosts: [RequestVector] = [
        RequestVector("GET http://b/x?y HTTP/1.1\r\nHost: a\r\n\r\n", "GET /x?y b [] keep"),
        RequestVector("GET HTTPS://b:8443 HTTP/1.1\r\nHost: a\r\n\r\n", "GET / b:8443 [] keep"),
        RequestVector("GET http://b?q HTTP/1.1\r\nHost: a\r\n\r\n", "GET /?q b [] keep"),
        RequestVector("GET / HTTP/1.1\r\nhOST:\t [::1]:80 \t\r\n\r\n", "GET / [::1]:80 [] keep"),
    ]

    private static let bodies: [RequestVector] = [
        RequestVector(fields: "Content-Length: 5", body: "hello", gives: "POST /x a [hello] keep"),
        RequestVector(fields: "Content-Length: 0", gives: "POST /x a [] keep"),
        RequestVector(fields: "Content-Length: 005", body: "hello", gives: "POST /x a [hello] keep"),
        RequestVector(fields: "Content-Length: 5", body: "hell", gives: "incomplete"),
        RequestVector(
            fields: "Content-Length: 16",
            body: "0123456789abcdef",
            gives: "POST /x a [0123456789abcdef] keep"
        ),
        RequestVector(fields: "Expect: 100-Continue", "Content-Length: 2", body: "ok", gives: "POST /x a [ok] keep"),
        RequestVector(fields: "Content-Length: 2", "X: \u{e9}\u{20ac}", body: "\r\n", gives: "POST /x a [\r\n] keep"),
    ]

    private static let chunked: [RequestVector] = [
        RequestVector(chunks: "5\r\nhello\r\n0\r\n\r\n", "POST /x a [hello] keep"),
        RequestVector(chunks: "0\r\n\r\n", "POST /x a [] keep"),
        RequestVector(
            chunks: "A\r\n0123456789\r\n00000a\r\n0123456789\r\n0\r\n\r\n",
            "POST /x a [01234567890123456789] keep"
        ),
        RequestVector(chunks: "4;n=v;q=\"a b\"\r\nwiki\r\n0;end\r\n\r\n", "POST /x a [wiki] keep"),
        RequestVector(chunks: "2\r\n\r\n\r\n0\r\nX-Sum: 1\r\nX-Two:2\r\n\r\n", "POST /x a [\r\n] keep"),
        RequestVector(chunks: "5\r\nhello\r\n", "incomplete"),
        RequestVector(
            fields: "Transfer-Encoding: \t Chunked ",
            body: "1\r\nx\r\n0\r\n\r\n",
            gives: "POST /x a [x] keep"
        ),
    ]

    private static let pipelined: [RequestVector] = [
        RequestVector(
            "GET /1 HTTP/1.1\r\nHost: a\r\n\r\nPOST /2 HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nok"
                + "\r\nGET /3 HTTP/1.1\r\nHost: a\r\n\r\n",
            "GET /1 a [] keep",
            "POST /2 a [ok] keep",
            "GET /3 a [] keep"
        ),
        RequestVector(
            "POST /1 HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n0\r\n\r\nGET /2 HTTP/1.0\r\n\r\nG",
            "POST /1 a [x] keep",
            "GET /2 - [] close",
            "incomplete"
        ),
        RequestVector(
            "GET /1 HTTP/1.1\r\nHost: a\r\n\r\nGET /2 HTTP/1.1\r\n\r\n",
            "GET /1 a [] keep",
            "400: no host"
        ),
    ]
}
