import ArgumentParser
import Foundation
import HTTP
import HTTPTypes
import Kubernetes
import Platform
import Sockets
import TLS
import TestSupport
import Testing
import canarygate

@Suite(.timeLimit(.minutes(1))) struct CertificateRenewalTests {
    private struct Silent: HTTPHandler {
        func response(to request: ServerRequest) async -> ServerResponse { ServerResponse(status: .ok) }
    }

    private let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString).path
    private let settings: ServerSettings

    init() {
        settings = ServerSettings(
            certificatePath: "\(folder)/tls.crt",
            privateKeyPath: "\(folder)/tls.key",
            kubeconfig: Kubeconfig(endpoint: HTTPEndpoint(isSecure: true, host: "127.0.0.1", port: 1)),
            prometheus: "http://127.0.0.1:1"
        )
    }

    private func makeCertificate(_ arguments: String...) throws -> ServingCertificate {
        _ = try CertsCommand.parse(["--directory", folder, "--ip", "127.0.0.1"] + arguments).makeFiles()
        return try ServingCertificate(
            certificatePath: settings.certificatePath,
            privateKeyPath: settings.privateKeyPath
        )
    }

    private func isTrusted(_ port: Int, _ authority: [UInt8], _ loops: EventLoopGroup) async throws -> Bool {
        let endpoint = HTTPEndpoint(isSecure: true, host: "127.0.0.1", port: port)
        let client = HTTPClient(endpoint: endpoint, tls: try .client(authorities: authority), loops: loops)
        do {
            return try await client.send(ClientRequest(method: .get, path: "/")).head.status == .ok
        } catch is HTTPError {
            return false
        }
    }

    @Test func servesARenewedCertificateWithoutARestart() async throws {
        defer { remove() }
        let first = try makeCertificate()
        let loops = EventLoopGroup(count: 1)
        let server = try HTTPServer(
            configuration: .init(address: "127.0.0.1:0", tls: first.context),
            loops: loops,
            handler: Silent()
        )
        let clock = ManualClock()
        let renewal = CertificateRenewal(first, settings: settings, server: server, clock: clock)
        let serving = Task { try await server.run() }
        let renewing = Task { await renewal.run() }

        // A new authority: what trusts it alone tells the new certificate from the old one.
        try FileManager.default.removeItem(atPath: folder)
        _ = try makeCertificate()
        let authority = try FileStore.read("\(folder)/ca.crt")
        #expect(try await isTrusted(server.port, authority, loops) == false)
        await clock.waitForSleepers(count: 1)
        clock.advance(by: CertificateRenewal.interval)
        await clock.waitForSleepers(count: 1)
        #expect(try await isTrusted(server.port, authority, loops))

        // Files that cannot be used change nothing.
        try FileStore.write(Array("no certificate".utf8), to: settings.certificatePath)
        clock.advance(by: CertificateRenewal.interval)
        await clock.waitForSleepers(count: 1)
        #expect(try await isTrusted(server.port, authority, loops))

        renewing.cancel()
        serving.cancel()
        try await serving.value
        await Task.detached { loops.shutdown() }.value
    }

    @Test func saysSinceWhenACertificateCannotServe() throws {
        defer { remove() }
        let certificate = try makeCertificate("--days", "1")
        let info = certificate.info
        #expect(certificate.fault(at: info.notBefore) == nil)
        #expect(certificate.fault(at: info.notAfter) == nil)
        #expect(
            certificate.fault(at: info.notAfter + .seconds(1))
                == "the serving certificate expired at \(info.notAfter.rfc3339)"
        )
        #expect(
            certificate.fault(at: info.notBefore + .seconds(-1))
                == "the serving certificate is not valid before \(info.notBefore.rfc3339)"
        )
    }

    private func remove() {
        do { try FileManager.default.removeItem(atPath: folder) } catch { Issue.record(error) }
    }
}
