import HTTP
import HTTPTypes
import TestSupport
import Testing

/// The table of vectors over a connection: each request is answered, a malformed one gets its status, and then the
/// connection ends.
@Suite(.timeLimit(.minutes(1))) struct RequestTableTests {
    @Test func everyVectorHasANameOfItsOwn() {
        let names = RequestVector.all.map(\.name)
        #expect(names.count == Set(names).count)
    }

    @Test(arguments: [MessageLimits(), .small])
    func isKeptOverAConnection(limits: MessageLimits) async throws {
        try await withServer(configure: setting(\.limits, limits), handler: echo) { server, loops in
            for vector in RequestVector.all where vector.limits == limits {
                let connection = try await RawConnection.open(server.port, loops)
                try await connection.send(vector.bytes)
                // Whoever is told that the connection closes need not do so himself.
                if !vector.isClosedByServer { connection.finishWriting() }
                let text = try await connection.readToEnd()
                #expect(vector.answers(in: text) == vector.expectedAnswers, "\(vector.testDescription)")
            }
        }
    }

    /// The table again in pieces, which arrive as they will.
    @Test(arguments: 0..<2 as Range<UInt64>)
    func isKeptInPieces(seed: UInt64) async throws {
        try await withServer(handler: echo) { server, loops in
            var random = SeededValues(seed: seed)
            for vector in RequestVector.all where vector.limits == MessageLimits() {
                let connection = try await RawConnection.open(server.port, loops)
                let cut = Int.random(in: 0...vector.bytes.count, using: &random)
                try await connection.send(Array(vector.bytes[..<cut]))
                try await connection.send(Array(vector.bytes[cut...]))
                connection.finishWriting()
                let text = try await connection.readToEnd()
                let answers = vector.answers(in: text).filter { !$0.hasPrefix("100 ") }
                #expect(answers == vector.expectedAnswers, "\(vector.testDescription) cut at \(cut)")
            }
        }
    }
}
