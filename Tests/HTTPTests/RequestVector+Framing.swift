extension RequestVector {
    private static let noNumber = "400: content-length is no number"
    private static let twoLengths = "400: more than one content-length"
    private static let both = "400: content-length with transfer-encoding"
    private static let notChunked = "400: transfer-encoding is not chunked"
    private static let otherCoding = "501: a transfer coding besides chunked"
    private static let smuggled = "0\r\n\r\nGET /smuggled HTTP/1.1\r\nHost: a\r\n\r\n"

    /// Where a body ends, and how two readers are made to disagree about it.
    static let framing: [RequestVector] = goodLengths + badLengths + goodCodings + badCodings + together

    private static let goodLengths: [RequestVector] = [
        RequestVector(
            "length",
            "9112 6.2",
            fields: "Content-Length: 5",
            body: "hello",
            gives: "POST /x a [hello] keep"
        ),
        RequestVector("no length", "9112 6.3", fields: "X: a", gives: "POST /x a [] keep"),
        RequestVector("length of 0", "9112 6.2", fields: "Content-Length: 0", gives: "POST /x a [] keep"),
        RequestVector(
            "zeros before",
            "9110 8.6",
            fields: "Content-Length: 005",
            body: "hello",
            gives: "POST /x a [hello] keep"
        ),
        RequestVector(
            "blanks round it",
            "9110 5.5",
            fields: "Content-Length: \t1\t ",
            body: "x",
            gives: "POST /x a [x] keep"
        ),
        RequestVector(
            "body of a line end",
            "9112 6.2",
            fields: "Content-Length: 2",
            body: "\r\n",
            gives: "POST /x a [\r\n] keep"
        ),
        RequestVector(
            "body that breaks off",
            "9112 6.3",
            fields: "Content-Length: 5",
            body: "hell",
            gives: "incomplete"
        ),
        RequestVector(
            "body of GET",
            "9110 9.3.1",
            "GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nok",
            "GET / a [ok] keep"
        ),
        RequestVector(
            "bytes behind no body",
            "9112 6.3",
            fields: "X: a",
            body: "x / HTTP/1.0\r\n\r\n",
            gives: "POST /x a [] keep",
            "x / - [] close"
        ),
    ]

    private static let badLengths: [RequestVector] =
        [
            "5, 5", "5,6", "5,", ",5", "+5", "-1", "-0", "0x5", "5e0", "", "5 5", "5\t5", "5.0", "5;", "\"5\"", "five",
            "1_0",
            "1234567890123456789", "99999999999999999999999", "000000000000000000005", "\u{0665}", "\u{ff15}",
        ].map {
            RequestVector("length \($0)", "9112 6.3", fields: "Content-Length: \($0)", body: "hello", gives: noNumber)
        } + [
            RequestVector(
                "length twice",
                "9112 6.3",
                fields: "Content-Length: 5",
                "Content-Length: 5",
                gives: twoLengths
            ),
            RequestVector(
                "two lengths",
                "9112 6.3",
                fields: "Content-Length: 5",
                "content-length: 6",
                gives: twoLengths
            ),
            RequestVector(
                "length and an empty one",
                "9112 6.3",
                fields: "Content-Length: 5",
                "Content-Length:",
                gives: twoLengths
            ),
            RequestVector("vertical tab before", "9110 5.5", fields: "Content-Length: \u{b}5", gives: controlled),
            RequestVector("form feed behind", "9110 5.5", fields: "Content-Length: 5\u{c}", gives: controlled),
            RequestVector("NUL behind", "9110 5.5", fields: "Content-Length: 5\0", gives: controlled),
            RequestVector(
                "no-break space",
                "9110 5.5",
                fields: "Content-Length: \u{a0}5",
                gives: noNumber
            ),
        ]

    private static let controlled = "400: a control character in a header field"

    private static let goodCodings: [RequestVector] = [
        RequestVector(
            "any case and blanks",
            "9112 7",
            fields: "Transfer-Encoding: \t CHUNKed ",
            body: "1\r\nx\r\n0\r\n\r\n",
            gives: "POST /x a [x] keep"
        ),
        // RFC 9110 section 10.1.4: what answers may be coded with, not how this body is.
        RequestVector("TE", "9110 10.1.4", fields: "TE: trailers, gzip", gives: "POST /x a [] keep"),
    ]

    /// The last one of the first list has the Kelvin sign, which is a k to who compares letters and not bytes.
    private static let badCodings: [RequestVector] =
        [
            "identity", "gzip", "chunked, chunked", "chunked, gzip", "chunked, identity", "chun ked", "chunked;q=1",
            ", chunked",
            "chunked,", "gzip, , chunked", "chunked, chunked, chunked", "", ",", "xchunked", "chunkedx", "x chunked",
            "\"chunked\"", "'chunked'", "chunked\u{a0}", "gzip;q=1, chunked", "chun\u{212a}ed",
        ].map {
            RequestVector(
                "coding \($0)",
                "9112 6.1",
                fields: "Transfer-Encoding: \($0)",
                body: smuggled,
                gives: notChunked
            )
        } + [
            RequestVector(
                "coding twice",
                "9112 6.1",
                fields: "Transfer-Encoding: chunked",
                "Transfer-Encoding: chunked",
                gives: notChunked
            ),
            RequestVector(
                "coding and identity",
                "9112 6.1",
                fields: "Transfer-Encoding: chunked",
                "Transfer-Encoding: identity",
                gives: notChunked
            ),
            RequestVector(
                "coding and an empty one",
                "9112 6.1",
                fields: "Transfer-Encoding: chunked",
                "Transfer-Encoding:",
                gives: notChunked
            ),
            RequestVector("tabs in the coding", "9112 6.1", fields: "Transfer-Encoding: chun\tked", gives: notChunked),
            RequestVector(
                "vertical tab before a coding",
                "9112 6.1",
                fields: "Transfer-Encoding: \u{b}chunked",
                gives: controlled
            ),
            RequestVector("NUL behind a coding", "9112 6.1", fields: "Transfer-Encoding: chunked\0", gives: controlled),
            RequestVector("gzip below", "9112 6.1", fields: "Transfer-Encoding: gzip, Chunked", gives: otherCoding),
            RequestVector(
                "gzip below on its own line",
                "9112 6.1",
                fields: "Transfer-Encoding: gzip",
                "Transfer-Encoding: chunked",
                gives: otherCoding
            ),
            RequestVector(
                "unknown coding below",
                "9112 6.1",
                fields: "Transfer-Encoding: foo, chunked",
                gives: otherCoding
            ),
            RequestVector(
                "identity below",
                "9112 6.1",
                fields: "Transfer-Encoding: identity, chunked",
                gives: otherCoding
            ),
            RequestVector(
                "coding in HTTP/1.0",
                "9112 6.1",
                "POST / HTTP/1.0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
                "400: transfer-encoding in HTTP/1.0"
            ),
            RequestVector(
                "bad coding in HTTP/1.0",
                "9112 6.1",
                "POST / HTTP/1.0\r\nTransfer-Encoding: identity\r\n\r\n",
                notChunked
            ),
        ]

    private static let together: [RequestVector] = [
        RequestVector(
            "length and coding",
            "9112 6.1",
            fields: "Content-Length: 5",
            "Transfer-Encoding: chunked",
            body: smuggled,
            gives: both
        ),
        RequestVector(
            "coding and length",
            "9112 6.1",
            fields: "Transfer-Encoding: chunked",
            "Content-Length: 5",
            body: smuggled,
            gives: both
        ),
        RequestVector(
            "length of 0 and coding",
            "9112 6.1",
            fields: "Content-Length: 0",
            "Transfer-Encoding: chunked",
            body: smuggled,
            gives: both
        ),
        RequestVector(
            "both in HTTP/1.0",
            "9112 6.1",
            "POST / HTTP/1.0\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
            both
        ),
        RequestVector(
            "length and a bad coding",
            "9112 6.1",
            fields: "Content-Length: 5",
            "Transfer-Encoding: xchunked",
            body: smuggled,
            gives: notChunked
        ),
        RequestVector(
            "bad length and coding",
            "9112 6.1",
            fields: "Content-Length: x",
            "Transfer-Encoding: chunked",
            body: smuggled,
            gives: noNumber
        ),
    ]
}
