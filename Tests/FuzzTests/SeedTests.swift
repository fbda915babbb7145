import Admission
import FuzzTargets
import Platform
import TLS
import TestSupport
import Testing
import canarygate

/// That what the fuzzer starts from, and what it once broke, holds.
@Suite(.timeLimit(.minutes(1))) struct SeedTests {
    @Test(arguments: FuzzTarget.all.map(\.name)) func holdsForEverySeed(target name: String) throws {
        let target = try #require(FuzzTarget.named(name))
        let seeds = try Seed.all(of: name)
        #expect(seeds.count >= 5, "too few to start from")
        for seed in seeds {
            #expect(throws: Never.self, "Seeds/\(name)/\(seed.name)") { try target.run(seed.bytes) }
        }
    }

    @Test func everyFolderOfSeedsHasATarget() throws {
        #expect(try Set(Seed.folders()) == Set(FuzzTarget.all.map(\.name)))
    }

    @Test func asksTheWebhooksOfTheServer() {
        let served = CanaryGateServer.webhooks(username: "loop", isAdmissionOnly: false)
        #expect(ReviewCluster.webhooks.map(\.path) == served.map(\.path))
    }

    /// Keys are made, not kept: the pair of a server, as one file and torn apart.
    @Test func holdsForAFreshPair() throws {
        let target = try #require(FuzzTarget.named("pem"))
        let now = Timestamp(seconds: 1_795_579_200)
        let authority = try CertificateAuthority(commonName: "fuzz", now: now)
        let identity = try authority.issue(commonName: "a", names: ["a.test", "127.0.0.1", "::1"], now: now)
        let whole = identity.certificate + identity.privateKey + authority.identity.certificate
        for end in stride(from: 0, to: whole.count, by: 101) {
            #expect(throws: Never.self, "cut at \(end)") { try target.run(Array(whole[..<end])) }
        }
        #expect(throws: Never.self) { try target.run(whole) }
    }
}
