import Foundation
import Platform
import TLS
import TestSupport
import Testing
import canarygate

/// Files that cannot be used: the reason is logged once, and the old certificate goes on.
@Suite(.timeLimit(.minutes(1))) struct CertificateRefusalTests {
    /// Breaks the files with `change`; what is logged must be `reason`, in which `{folder}` stands for the folder.
    private func expectRefusal(_ reason: String, of change: (CertificateStage) throws -> Void) async throws {
        let now = SystemClock().now()
        let clients = try CertificateAuthority(commonName: "clients", now: now)
        let identity = try clients.issue(commonName: "client", names: [], isClient: true, now: now)
        try await CertificateStage.with(clients: clients) { stage in
            let before = stage.renewal.certificate.context
            try change(stage)
            for _ in 1...4 { stage.renewal.look() }
            let message = reason.replacing("{folder}", with: stage.folder)
            #expect(stage.log.take() == ["error certificate not renewed error.message=\(message)"])
            #expect(stage.renewal.certificate.context === before)
            #expect(stage.renewal.fault == nil)
            #expect(try await stage.client(as: identity).greeting() == "hello client")
            #expect(stage.renewal.exposition.contains("canarygate_certificate_refused_renewals_total 1\n"))
            #expect(stage.renewal.exposition.contains("canarygate_certificate_renewals_total 0\n"))
            // What comes next is taken all the same.
            try stage.write(stage.issue(days: 50))
            try FileStore.write(clients.identity.certificate, to: "\(stage.folder)/ca.crt")
            stage.renewal.look()
            #expect(stage.end == stage.clock.now() + .seconds(50 * 86_400))
            #expect(stage.renewal.exposition.contains("canarygate_certificate_renewals_total 1\n"))
        }
    }

    @Test func anExpiredCertificate() async throws {
        try await CertificateStage.with { stage in
            try stage.write(stage.issue(days: 1, from: .seconds(-2 * 86_400)))
            for _ in 1...4 { stage.renewal.look() }
            let end = stage.clock.now() + .seconds(-86_400)
            #expect(
                stage.log.take() == [
                    "error certificate not renewed error.message="
                        + "the certificate in \(stage.folder)/tls.crt expired at \(end.rfc3339)"
                ]
            )
            #expect(try await stage.client().greeting() == "hello nobody")
        }
    }

    @Test func aCertificateOfTheFuture() async throws {
        try await CertificateStage.with { stage in
            try stage.write(stage.issue(days: 1, from: .seconds(2 * 86_400)))
            for _ in 1...4 { stage.renewal.look() }
            let start = stage.clock.now() + .seconds(2 * 86_400 - 3_600)
            #expect(
                stage.log.take() == [
                    "error certificate not renewed error.message="
                        + "the certificate in \(stage.folder)/tls.crt is not valid before \(start.rfc3339)"
                ]
            )
            #expect(try await stage.client().greeting() == "hello nobody")
        }
    }

    @Test func aKeyOfAnotherCertificate() async throws {
        try await expectRefusal("use private key: it is not the certificate's key") { stage in
            try FileStore.write(stage.issue().privateKey, to: stage.settings.privateKeyPath)
        }
    }

    @Test func aCertificateOfAnotherKey() async throws {
        try await expectRefusal("use private key: it is not the certificate's key") { stage in
            try FileStore.write(stage.issue().certificate, to: stage.settings.certificatePath)
        }
    }

    @Test func aFileThatIsMissing() async throws {
        try await expectRefusal("read {folder}/tls.key: no such file or directory") { stage in
            try FileManager.default.removeItem(atPath: stage.settings.privateKeyPath)
        }
    }

    @Test func anEmptyFile() async throws {
        try await expectRefusal("read certificate chain: no start line, expected certificates in PEM") { stage in
            try FileStore.write([], to: stage.settings.certificatePath)
        }
    }

    @Test func clientAuthoritiesThatAreNone() async throws {
        try await expectRefusal("read client authorities: no start line, expected certificates in PEM") { stage in
            try FileStore.write(Array("none".utf8), to: "\(stage.folder)/ca.crt")
        }
    }
}
