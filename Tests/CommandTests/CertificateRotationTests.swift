import HTTP
import Platform
import TLS
import TestSupport
import Testing
import canarygate

/// Certificates that change while the server is asked.
@Suite(.timeLimit(.minutes(1))) struct CertificateRotationTests {
    private static let rotations = 25

    /// Asks until told to stop, each time through what `client` gives; says after each answer how it went.
    private static func ask(
        _ stop: Locked<Bool>,
        _ answers: AsyncStream<String?>.Continuation,
        through client: @Sendable () throws -> HTTPClient
    ) async throws {
        while !stop.withLock({ $0 }) { answers.yield(try await client().greeting()) }
    }

    @Test func nothingFailsWhileCertificatesAreRenewed() async throws {
        try await CertificateStage.with { stage in
            let stop = Locked(false)
            let (stream, answers) = AsyncStream<String?>.makeStream()
            let kept = try stage.client()
            var seen: [String?] = []
            try await withThrowingTaskGroup(of: Void.self) { group in
                // Two shake hands each time, two go on with connections that they have.
                for _ in 1...2 {
                    group.addTask { try await Self.ask(stop, answers) { try stage.client() } }
                    group.addTask { try await Self.ask(stop, answers) { kept } }
                }
                var iterator = stream.makeAsyncIterator()
                for number in 1...Self.rotations {
                    let next = try stage.issue(days: 90 + number)
                    try FileStore.write(next.certificate, to: stage.settings.certificatePath)
                    stage.renewal.look()
                    seen.append(await iterator.next() ?? nil)
                    try FileStore.write(next.privateKey, to: stage.settings.privateKeyPath)
                    stage.renewal.look()
                    // Several answers between one renewal and the next.
                    for _ in 1...6 { seen.append(await iterator.next() ?? nil) }
                }
                stop.withLock { $0 = true }
                try await group.waitForAll()
                answers.finish()
                while let answer = await iterator.next() { seen.append(answer) }
            }
            #expect(seen.allSatisfy { $0 == "hello nobody" })
            #expect(seen.count >= Self.rotations * 7)
            #expect(stage.renewal.exposition.contains("canarygate_certificate_renewals_total \(Self.rotations)\n"))
        }
    }
}
