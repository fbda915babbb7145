import Foundation
import HTTP
import HTTPTypes
import Kubernetes
import Platform
import Sockets
import TLS
import TestSupport
import canarygate

/// A server with its certificate's files, and a clock that begins at the machine's second and stands still.
struct CertificateStage: Sendable {
    private struct Greeter: HTTPHandler {
        func response(to request: ServerRequest) async -> ServerResponse {
            .text("hello \(request.clientCommonName ?? "nobody")")
        }
    }

    let folder: String
    let settings: ServerSettings
    let clock = ManualClock(start: Timestamp(seconds: SystemClock().now().seconds))
    let log = LogRecorder()
    let authority: CertificateAuthority
    let loops: EventLoopGroup
    let server: HTTPServer
    let renewal: CertificateRenewal

    /// Sets the stage with a certificate for `days` and, where there are any, the authority of clients; runs the server
    /// while `body` plays, and clears up.
    static func with(
        days: Int = 90,
        clients: CertificateAuthority? = nil,
        _ body: (CertificateStage) async throws -> Void
    ) async throws {
        let loops = EventLoopGroup(count: 2)
        let stage = try CertificateStage(days: days, clients: clients, loops: loops)
        let serving = Task(executorPreference: loops.loops[0]) { try await stage.server.run() }
        let outcome: Result<Void, any Error>
        do { outcome = .success(try await body(stage)) } catch { outcome = .failure(error) }
        serving.cancel()
        try await serving.value
        await Task.detached { loops.shutdown() }.value
        try FileManager.default.removeItem(atPath: stage.folder)
        try outcome.get()
    }

    private init(days: Int, clients: CertificateAuthority?, loops: EventLoopGroup) throws {
        folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString).path
        var settings = ServerSettings(
            certificatePath: "\(folder)/tls.crt",
            privateKeyPath: "\(folder)/tls.key",
            kubeconfig: Kubeconfig(endpoint: HTTPEndpoint(isSecure: true, host: "127.0.0.1", port: 1)),
            prometheus: "http://127.0.0.1:1"
        )
        if clients != nil { settings.clientAuthorityPath = "\(folder)/ca.crt" }
        self.settings = settings
        self.loops = loops
        authority = try CertificateAuthority(commonName: "authority", now: clock.now())
        try FileStore.makeFolder(folder)
        let identity = try Self.issue(authority, now: clock.now(), days: days)
        try FileStore.write(identity.certificate, to: settings.certificatePath)
        try FileStore.write(identity.privateKey, to: settings.privateKeyPath)
        if let clients { try FileStore.write(clients.identity.certificate, to: "\(folder)/ca.crt") }
        let certificate = try ServingCertificate(CertificateFiles(settings))
        server = try HTTPServer(
            configuration: .init(address: "127.0.0.1:0", tls: certificate.context),
            loops: loops,
            handler: Greeter()
        )
        renewal = CertificateRenewal(
            certificate,
            settings: settings,
            server: server,
            clock: clock,
            logger: log.logger
        )
    }

    private static func issue(_ authority: CertificateAuthority, now: Timestamp, days: Int) throws -> Identity {
        try authority.issue(commonName: "server", names: ["127.0.0.1"], now: now, days: days)
    }

    /// A certificate of the stage's authority, issued at another time than now.
    func issue(days: Int = 90, from offset: Duration = .zero) throws -> Identity {
        try Self.issue(authority, now: clock.now() + offset, days: days)
    }

    /// Puts a pair where the server looks for it.
    func write(_ identity: Identity) throws {
        try FileStore.write(identity.certificate, to: settings.certificatePath)
        try FileStore.write(identity.privateKey, to: settings.privateKeyPath)
    }

    /// When the certificate expires that the server has in use.
    var end: Timestamp { renewal.certificate.info.notAfter }

    /// A client that trusts `authority`, the stage's own when nil, and has no connection yet.
    func client(trusting authority: CertificateAuthority? = nil, as identity: Identity? = nil) throws -> HTTPClient {
        let tls = try TLSContext.client(
            authorities: (authority ?? self.authority).identity.certificate,
            certificateChain: identity?.certificate,
            privateKey: identity?.privateKey
        )
        let endpoint = HTTPEndpoint(isSecure: true, host: "127.0.0.1", port: server.port)
        return HTTPClient(endpoint: endpoint, tls: tls, loops: loops)
    }
}

extension HTTPClient {
    /// What the server says; nil when the connection did not come about or broke.
    func greeting() async throws -> String? {
        do {
            let response = try await send(ClientRequest(method: .get, path: "/"))
            return String(decoding: try await response.body.collect(upTo: 100), as: UTF8.self)
        } catch is HTTPError {
            return nil
        }
    }
}
