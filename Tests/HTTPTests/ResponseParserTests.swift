import HTTP
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1))) struct ResponseParserTests {
    private static let length = "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello"
    private static let chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"

    static let whole: [ResponseVector] = [
        ResponseVector(length, "200 [hello] keep"),
        ResponseVector(length + "HTTP/1.1", "200 [hello] keep and 8 more"),
        ResponseVector(chunked + "2\r\nhe\r\n3;x\r\nllo\r\n0\r\nA: b\r\n\r\n", "200 [hello] keep"),
        ResponseVector("HTTP/1.1 200 OK\r\n\r\nhello", "200 [hello] close"),
        ResponseVector("HTTP/1.1 200 OK\r\n\r\n", "200 [] close"),
        ResponseVector("HTTP/1.1 200\r\nContent-Length: 0\r\n\r\n", "200 [] keep"),
        ResponseVector("HTTP/1.1 200 \r\nContent-Length: 0\r\n\r\n", "200 [] keep"),
        ResponseVector("HTTP/1.1 299 \u{e9} \r\nContent-Length: 0\r\n\r\n", "299 [] keep"),
        ResponseVector("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: keep-alive, close\r\n\r\n", "200 [] close"),
        ResponseVector("HTTP/1.0 200 OK\r\nContent-Length: 0\r\n\r\n", "200 [] close"),
        ResponseVector("HTTP/1.0 200 OK\r\nContent-Length: 0\r\nConnection: keep-alive\r\n\r\n", "200 [] keep"),
        ResponseVector("HTTP/1.1 200 OK\r\nContent-Length: 0\r\nConnection: Close\r\n\r\n", "200 [] close"),
        ResponseVector("HTTP/1.1 100 Continue\r\n\r\n" + length, "200 [hello] keep"),
        ResponseVector("HTTP/1.1 103 X\r\nLink: a\r\n\r\nHTTP/1.1 102 Y\r\n\r\n" + length, "200 [hello] keep"),
        ResponseVector("HTTP/1.1 204 No Content\r\n\r\n", "204 [] keep"),
        ResponseVector("HTTP/1.1 304 Not Modified\r\nContent-Length: 5\r\n\r\n", "304 [] keep"),
        ResponseVector("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n", isHead: true, "200 [] keep"),
        ResponseVector(chunked, isHead: true, "200 [] keep"),
        ResponseVector("\r\n" + length, "200 [hello] keep"),
    ]

    static let broken: [ResponseVector] = [
        ResponseVector("", "nothing"),
        ResponseVector("HTTP/1.1 200 OK\r\n", "no whole head"),
        ResponseVector("HTTP/1.1 100 Continue\r\n\r\n", "no whole head"),
        ResponseVector("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhell", "200 broken off"),
        ResponseVector(chunked + "5\r\nhello\r\n", "200 broken off"),
        ResponseVector(chunked + "5\r\nhello\r\n0\r\n", "200 broken off"),
        ResponseVector(chunked + "x\r\n", "400: a chunk size that is no number"),
        ResponseVector(chunked + "0;\r\n\r\n", "400: a chunk extension that is none"),
        ResponseVector(
            chunked + "0\r\nContent-Length: 5\r\n\r\nhello",
            "400: a trailer that belongs into the head"
        ),
        ResponseVector(
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n\r\n",
            "400: transfer-encoding is not chunked"
        ),
        ResponseVector("HTTP/1.1 200 OK\r\nContent-Length: 5, 5\r\n\r\nhello", "400: content-length is no number"),
        ResponseVector("HTTP/1.1 200 OK\r\nX: a\r\n b\r\n\r\n", "400: a folded header field"),
        ResponseVector("HTTP/1.1 200 OK\r\nX: \0\r\n\r\n", "400: a control character in a header field"),
        ResponseVector("HTTP/1.1 101 Switching\r\n\r\n", "400: 101 without having asked for an upgrade"),
        ResponseVector("HTTP/2 200 OK\r\n\r\n", "400: no HTTP/1.1 status line"),
        ResponseVector("SSH-2.0-OpenSSH_9.6\r\n\r\n", "400: no HTTP/1.1 status line"),
        ResponseVector("HTTP/1.1 20 OK\r\n\r\n", "400: a status line without status"),
        ResponseVector("HTTP/1.1 2000 OK\r\n\r\n", "400: a status line without status"),
        ResponseVector("HTTP/1.1 099 OK\r\n\r\n", "400: a status line without status"),
        ResponseVector("HTTP/1.1 200 OK\nContent-Length: 0\r\n\r\n", "400: a line feed alone"),
        ResponseVector("HTTP/1.1 200 OK\r\nX : y\r\n\r\n", "400: a header field's name is no token"),
        ResponseVector(
            "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 5\r\n\r\nhello",
            "400: more than one content-length"
        ),
        ResponseVector(
            "HTTP/1.1 200 OK\r\nContent-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
            "400: content-length with transfer-encoding"
        ),
        ResponseVector(
            "HTTP/1.1 200 OK\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
            "501: a transfer coding besides chunked"
        ),
        ResponseVector(
            "HTTP/1.1 200 OK\r\nX: \(String(repeating: "a", count: 65_536))\r\n\r\n",
            "431: head larger than 65536 bytes"
        ),
    ]

    @Test(arguments: whole + broken)
    func reads(vector: ResponseVector) { #expect(vector.parsed(cuts: []) == vector.outcome) }

    @Test(arguments: (whole + broken).filter { $0.bytes.count < 1_000 })
    func comesToTheSameWhereverTheBytesAreCut(vector: ResponseVector) {
        for cut in 0...vector.bytes.count { #expect(vector.parsed(cuts: [cut]) == vector.outcome, "cut at \(cut)") }
        #expect(vector.parsed(cuts: Array(vector.bytes.indices)) == vector.outcome, "byte by byte")
    }
}
