import HTTP
import HTTPTypes
import JSON
import Platform
import Sockets
import TLS
import TestSupport
import Testing

@testable import Kubernetes

/// Certificates that are replaced while a client is at work.
@Suite(.timeLimit(.minutes(1))) struct CertificateRotationTests {
    private let clock = ManualClock()
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder() }

    /// Answers with a ConfigMap that is named as the client's certificate.
    private struct NameServer: HTTPHandler {
        func response(to request: ServerRequest) async -> ServerResponse {
            .json(configMap(request.clientCommonName ?? "nobody"))
        }
    }

    private func config(of endpoint: HTTPEndpoint, user: String) throws -> Kubeconfig {
        let text = """
            current-context: a
            contexts: [{name: a, context: {cluster: k, user: u}}]
            clusters: [{name: k, cluster: {server: '\(endpoint.url)', certificate-authority: ca.pem}}]
            users: [{name: u, user: \(user)}]
            """
        return try Kubeconfig.load(path: folder.write(text, to: "config"))
    }

    private func write(_ client: (certificate: String, key: String)) throws {
        try folder.write(client.certificate, to: "cert.pem")
        try folder.write(client.key, to: "key.pem")
    }

    @Test func readsItsCertificateAgainAfterAMinute() async throws {
        let certificates = try TestCertificates()
        let server = try LoopbackServer(NameServer(), tls: certificates.server)
        try folder.write(certificates.authorities, to: "ca.pem")
        try write(certificates.client("one"))
        let config = try config(
            of: server.endpoint,
            user: "{client-certificate: cert.pem, client-key: key.pem}"
        )
        let client = try config.makeClient(loops: server.loops, clock: clock)
        #expect(try await client.get(.configMaps, test).name == "one")
        let next = try certificates.client("two")
        try write(next)
        #expect(try await client.get(.configMaps, test).name == "one")
        clock.advance(by: .seconds(60))
        #expect(try await client.get(.configMaps, test).name == "two")
        // A certificate whose key has not come yet: the last pair serves until it has.
        let last = try certificates.client("three")
        try folder.write(last.certificate, to: "cert.pem")
        clock.advance(by: .seconds(60))
        #expect(try await client.get(.configMaps, test).name == "two")
        try folder.write(last.key, to: "key.pem")
        clock.advance(by: .seconds(60))
        #expect(try await client.get(.configMaps, test).name == "three")
        await server.stop()
    }

    @Test func takesTheCertificateThatItWasMadeWithWhileTheNextIsHalfThere() async throws {
        let certificates = try TestCertificates()
        let server = try LoopbackServer(NameServer(), tls: certificates.server)
        try folder.write(certificates.authorities, to: "ca.pem")
        try write(certificates.client("one"))
        let config = try config(
            of: server.endpoint,
            user: "{client-certificate: cert.pem, client-key: key.pem}"
        )
        let client = try config.makeClient(loops: server.loops, clock: clock)
        // Nothing has been asked yet when the certificate changes, and its key has not come.
        let next = try certificates.client("two")
        try folder.write(next.certificate, to: "cert.pem")
        clock.advance(by: .seconds(60))
        #expect(try await client.get(.configMaps, test).name == "one")
        try folder.write(next.key, to: "key.pem")
        clock.advance(by: .seconds(60))
        #expect(try await client.get(.configMaps, test).name == "two")
        await server.stop()
    }

    @Test func isNotNobodyWhereAPluginsCertificateCannotBeUsed() async throws {
        let certificates = try TestCertificates()
        let server = try LoopbackServer(NameServer(), tls: certificates.server)
        try folder.write(certificates.authorities, to: "ca.pem")
        let answer: JSONValue = [
            "kind": "ExecCredential", "apiVersion": "client.authentication.k8s.io/v1",
            "status": ["clientCertificateData": "none", "clientKeyData": "none"],
        ]
        try folder.write(answer.text, to: "answer")
        let user =
            "{exec: {apiVersion: client.authentication.k8s.io/v1, command: cat, "
            + "args: ['\(folder.path)/answer'], interactiveMode: Never}}"
        let client = try config(of: server.endpoint, user: user).makeClient(loops: server.loops, clock: clock)
        let error = await failure { () async throws(KubernetesError) in try await client.get(.configMaps, test) }
        #expect(error?.message.contains("certificate") == true)
        await server.stop()
    }

    @Test func takesItsCertificateFromAPlugin() async throws {
        let certificates = try TestCertificates()
        let server = try LoopbackServer(NameServer(), tls: certificates.server)
        try folder.write(certificates.authorities, to: "ca.pem")
        let given = try certificates.client("given")
        let answer: JSONValue = [
            "kind": "ExecCredential", "apiVersion": "client.authentication.k8s.io/v1",
            "status": ["clientCertificateData": .string(given.certificate), "clientKeyData": .string(given.key)],
        ]
        try folder.write(answer.text, to: "answer")
        let exec = "{apiVersion: client.authentication.k8s.io/v1, command: cat, args: [answer], interactiveMode: Never}"
        let user = "{exec: \(exec.replacing("[answer]", with: "['\(folder.path)/answer']"))}"
        let client = try config(of: server.endpoint, user: user).makeClient(loops: server.loops, clock: clock)
        #expect(try await client.get(.configMaps, test).name == "given")
        await server.stop()
    }

    @Test func trustsTheAuthorityOfTheDay() async throws {
        let (old, new) = (try TestCertificates(), try TestCertificates())
        let server = try LoopbackServer(NameServer(), tls: new.server)
        try folder.write(old.authorities, to: "ca.pem")
        let config = try config(of: server.endpoint, user: "{}")
        let client = try config.makeClient(loops: server.loops, clock: clock)
        let error = await failure { () async throws(KubernetesError) in try await client.get(.configMaps, test) }
        #expect(error?.message.contains("certificate") == true)
        try folder.write(new.authorities, to: "ca.pem")
        clock.advance(by: .seconds(60))
        #expect(try await client.get(.configMaps, test).name == "nobody")
        await server.stop()
    }

    @Test func saysAtOnceWhatCannotBeUsed() throws {
        try folder.write("no certificate", to: "ca.pem")
        let endpoint = HTTPEndpoint(isSecure: true, host: "127.0.0.1", port: 1)
        let config = try config(of: endpoint, user: "{}")
        #expect(throws: TLSError.self) { try config.makeClient(loops: EventLoopGroup(count: 1), clock: clock) }
    }

    @Test func keepsWhatAFileHeldWhileItCannotBeRead() throws {
        let path = try folder.write("one", to: "ca.pem")
        let file = RotatedFile(path: path, bytes: Array("one".utf8), clock: clock)
        try folder.remove("ca.pem")
        clock.advance(by: .seconds(60))
        #expect(file.bytes == Array("one".utf8))
        try folder.write("", to: "ca.pem")
        clock.advance(by: .seconds(60))
        #expect(file.bytes == Array("one".utf8))
        try folder.write("two", to: "ca.pem")
        clock.advance(by: .seconds(60))
        #expect(file.bytes == Array("two".utf8))
    }
}
