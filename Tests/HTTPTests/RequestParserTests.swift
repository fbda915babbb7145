import HTTP
import HTTPTypes
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1))) struct RequestParserTests {
    @Test(arguments: RequestVector.all)
    func givesWhatTheTableSays(vector: RequestVector) { #expect(vector.parsed(cuts: []) == vector.outcomes) }

    @Test(arguments: RequestVector.all)
    func comesToTheSameWhereverTheBytesAreCut(vector: RequestVector) {
        for cut in 0...vector.bytes.count { #expect(vector.parsed(cuts: [cut]) == vector.outcomes, "cut at \(cut)") }
        #expect(vector.parsed(cuts: Array(vector.bytes.indices)) == vector.outcomes, "byte by byte")
    }

    /// A parser that called itself for each of them ran out of stack on one read.
    @Test func passesOverManyEmptyLines() {
        let many = RequestVector(
            "many empty lines",
            "9112 2.2",
            String(repeating: "\r\n", count: 32_768) + "GET / HTTP/1.0\r\n\r\n",
            "GET / - [] close"
        )
        #expect(many.parsed(cuts: []) == many.outcomes)
        let more = RequestVector(
            "more empty lines",
            "9112 2.2",
            String(repeating: "\r\n", count: 32_769),
            "431: head larger than 65536 bytes"
        )
        #expect(more.parsed(cuts: []) == more.outcomes)
    }

    @Test func refusesALongChunkLine() {
        let allowed = "1;" + String(repeating: "x", count: 1_021)
        let line = RequestVector(
            "chunk line",
            "9112 7.1.1",
            chunks: "\(allowed)\r\nx\r\n0\r\n\r\n",
            "POST /x a [x] keep"
        )
        #expect(line.parsed(cuts: []) == line.outcomes)
        let long = RequestVector(
            "chunk line too long",
            "9112 7.1.1",
            chunks: "\(allowed)yy\r\nx\r\n0\r\n\r\n",
            "400: a chunk line over 1024 bytes"
        )
        #expect(long.parsed(cuts: []) == long.outcomes)
    }

    @Test func refusesExtensionsThatOutweighTheData() {
        let chunk = "1;" + String(repeating: "x", count: 1_000) + "\r\nx\r\n"
        let flood = String(repeating: chunk, count: 20)
        let vector = RequestVector(
            "chunk extensions",
            "9112 7.1.1",
            chunks: flood,
            "400: chunk extensions over 16384 bytes"
        )
        #expect(vector.parsed(cuts: []) == vector.outcomes)
    }

    @Test func takesManySmallChunks() {
        let chunks = String(repeating: "1\r\nx\r\n", count: 20_000) + "0\r\n\r\n"
        let body = String(repeating: "x", count: 20_000)
        let vector = RequestVector("many chunks", "9112 7.1", chunks: chunks, "POST /x a [\(body)] keep")
        #expect(vector.parsed(cuts: []) == vector.outcomes)
    }

    @Test func asksForABodyThatIsHeldBack() throws {
        let head = Array("POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n".utf8)
        var parser = RequestParser(limits: MessageLimits())
        var offset = 0
        guard case .needsContinue = try parser.consume(head.span, at: &offset) else {
            Issue.record("no interim response wanted")
            return
        }
        offset = 0
        guard case .request(let request) = try parser.consume(Array("ok".utf8).span, at: &offset) else {
            Issue.record("the request is not whole")
            return
        }
        #expect(request.body == Array("ok".utf8))
    }

    @Test(
        arguments: [
            "POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 0\r\n\r\n",
            "POST / HTTP/1.0\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n",
            "POST / HTTP/1.1\r\nHost: a\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\no",
        ]
    )
    func asksForNoBodyThatComesAnyway(text: String) throws {
        var parser = RequestParser(limits: MessageLimits())
        var offset = 0
        let output = try parser.consume(Array(text.utf8).span, at: &offset)
        if case .needsContinue = output { Issue.record("asked for a body") }
    }

    /// Mutated requests in random pieces: no crash, and the pieces never matter.
    @Test(arguments: 0..<16 as Range<UInt64>)
    func survivesMutations(seed: UInt64) {
        var random = SeededValues(seed: seed)
        for vector in RequestVector.all {
            let mutated = vector.mutated(using: &random)
            let whole = mutated.parsed(cuts: [])
            let cuts = (0..<4).map { _ in Int.random(in: 0...mutated.bytes.count, using: &random) }.sorted()
            #expect(mutated.parsed(cuts: cuts) == whole, "\(mutated.testDescription) cut at \(cuts)")
        }
    }
}
