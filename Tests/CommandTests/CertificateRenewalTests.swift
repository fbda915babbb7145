import Foundation
import HTTP
import Platform
import TLS
import TestSupport
import Testing
import canarygate

@Suite(.timeLimit(.minutes(1))) struct CertificateRenewalTests {
    @Test func servesARenewedCertificateWithoutARestart() async throws {
        try await CertificateStage.with { stage in
            let renewing = Task { await stage.renewal.run() }
            await stage.clock.waitForSleepers(count: 1)
            // A new authority: what trusts it alone tells the new certificate from the old one.
            let other = try CertificateAuthority(commonName: "other", now: stage.clock.now())
            try stage.write(other.issue(commonName: "server", names: ["127.0.0.1"], now: stage.clock.now()))
            #expect(try await stage.client(trusting: other).greeting() == nil)
            stage.clock.advance(by: CertificateRenewal.interval)
            await stage.clock.waitForSleepers(count: 1)
            #expect(try await stage.client(trusting: other).greeting() == "hello nobody")
            #expect(try await stage.client().greeting() == nil)
            renewing.cancel()
            await renewing.value
        }
    }

    @Test func followsTheLinksOfASecretVolume() async throws {
        try await CertificateStage.with { stage in
            let volume = try SecretVolume(stage.folder)
            try volume.put(stage.issue(days: 40), as: "..first")
            try volume.linkFiles()
            stage.renewal.look()
            #expect(stage.end == stage.clock.now() + .seconds(40 * 86_400))
            try volume.put(stage.issue(days: 50), as: "..second")
            stage.renewal.look()
            #expect(stage.end == stage.clock.now() + .seconds(50 * 86_400))
            #expect(!stage.log.take().contains { $0.hasPrefix("error") })
        }
    }

    @Test func aPairThatIsBeingWrittenIsTakenWhenItIsWhole() async throws {
        try await CertificateStage.with { stage in
            let next = try stage.issue(days: 50)
            try FileStore.write(next.certificate, to: stage.settings.certificatePath)
            stage.renewal.look()
            #expect(stage.end == stage.clock.now() + .seconds(90 * 86_400))
            try FileStore.write(next.privateKey, to: stage.settings.privateKeyPath)
            stage.renewal.look()
            #expect(stage.end == stage.clock.now() + .seconds(50 * 86_400))
            #expect(stage.log.take() == ["notice certificate renewed tls.not_after=\(stage.end.rfc3339)"])
            #expect(stage.renewal.exposition.contains("canarygate_certificate_refused_renewals_total 0\n"))
        }
    }

    @Test func aCertificateOfTheFutureIsTakenWhenItsTimeHasCome() async throws {
        try await CertificateStage.with { stage in
            let next = try stage.issue(days: 50, from: .seconds(86_400))
            try stage.write(next)
            for _ in 1...3 { stage.renewal.look() }
            #expect(stage.log.take().count == 1)
            stage.clock.advance(by: .seconds(86_400))
            stage.renewal.look()
            #expect(stage.renewal.certificate.files.certificate == next.certificate)
        }
    }

    @Test func whatWasPutRightAndBrokenAgainIsSaidAgain() async throws {
        try await CertificateStage.with { stage in
            let good = stage.renewal.certificate.files.certificate
            for _ in 1...2 {
                try FileStore.write(Array("none".utf8), to: stage.settings.certificatePath)
                for _ in 1...3 { stage.renewal.look() }
                #expect(stage.log.take().count == 1)
                try FileStore.write(good, to: stage.settings.certificatePath)
                stage.renewal.look()
            }
            #expect(stage.renewal.exposition.contains("canarygate_certificate_refused_renewals_total 2\n"))
            #expect(stage.renewal.exposition.contains("canarygate_certificate_renewals_total 0\n"))
        }
    }

    @Test func theKeysOfTicketsAreChangedTwiceADay() async throws {
        try await CertificateStage.with { stage in
            let first = stage.renewal.certificate.context
            stage.clock.advance(by: CertificateRenewal.ticketKeyLifetime - .seconds(1))
            stage.renewal.look()
            #expect(stage.renewal.certificate.context === first)
            stage.clock.advance(by: .seconds(1))
            stage.renewal.look()
            let second = stage.renewal.certificate.context
            #expect(second !== first)
            let greeting = try await stage.client().greeting()
            #expect(greeting == "hello nobody")
            stage.clock.advance(by: .seconds(1))
            stage.renewal.look()
            #expect(stage.renewal.certificate.context === second)
            #expect(stage.log.take().isEmpty)
        }
    }

    @Test func otherAuthoritiesOfClientsAreTakenUp() async throws {
        let now = SystemClock().now()
        let first = try CertificateAuthority(commonName: "first", now: now)
        let second = try CertificateAuthority(commonName: "second", now: now)
        let old = try first.issue(commonName: "old", names: [], isClient: true, now: now)
        let new = try second.issue(commonName: "new", names: [], isClient: true, now: now)
        try await CertificateStage.with(clients: first) { stage in
            #expect(try await stage.client().greeting() == nil)
            #expect(try await stage.client(as: new).greeting() == nil)
            let open = try stage.client(as: old)
            #expect(try await open.greeting() == "hello old")
            try FileStore.write(second.identity.certificate, to: "\(stage.folder)/ca.crt")
            stage.renewal.look()
            #expect(try await stage.client(as: old).greeting() == nil)
            #expect(try await stage.client(as: new).greeting() == "hello new")
            // Who is in stays in: connections end by themselves.
            #expect(try await open.greeting() == "hello old")
        }
    }
}

/// A folder as the kubelet mounts a Secret: the files are links through `..data`, which is moved to new contents in one
/// step.
private struct SecretVolume {
    private let folder: String

    init(_ folder: String) throws { self.folder = folder }

    func put(_ identity: Identity, as name: String) throws {
        try FileStore.makeFolder("\(folder)/\(name)")
        try FileStore.write(identity.certificate, to: "\(folder)/\(name)/tls.crt")
        try FileStore.write(identity.privateKey, to: "\(folder)/\(name)/tls.key")
        try link("..data_tmp", to: name)
        guard rename("\(folder)/..data_tmp", "\(folder)/..data") == 0 else { throw CocoaError(.fileWriteUnknown) }
    }

    func linkFiles() throws {
        for name in ["tls.crt", "tls.key"] {
            try FileManager.default.removeItem(atPath: "\(folder)/\(name)")
            try link(name, to: "..data/\(name)")
        }
    }

    private func link(_ name: String, to target: String) throws {
        try FileManager.default.createSymbolicLink(atPath: "\(folder)/\(name)", withDestinationPath: target)
    }
}
