import Foundation
import HTTP
import JSON
import Kubernetes
import Platform
import Sandbox
import Sockets
import TLS
import TestSupport
import Testing

/// Two servers side by side on one sandbox, in which a Deployment is gated whose Canary rests.
final class SoakStage: Sendable {
    private static let namespace = "soak"

    /// The servers.
    let servers: [SoakServer]
    /// What the test's own connections run on.
    let loops: EventLoopGroup
    /// Trusts the servers' certificates.
    let context: TLSContext
    private let folder: String
    private let authority: CertificateAuthority
    private let running: Task<Void, any Error>
    private let api: KubernetesClient
    private let certificates = Locked(0)
    private let clock = SystemClock()

    /// Runs `body` with the servers ready, and cleans up.
    static func run(drainDelay: Duration, _ body: (SoakStage) async throws -> Void) async throws {
        let stage = try SoakStage(drainDelay: drainDelay)
        let outcome: Result<Void, any Error>
        do {
            try await stage.install()
            for server in stage.servers { try await server.start() }
            outcome = .success(try await body(stage))
        } catch {
            outcome = .failure(error)
        }
        try await stage.end()
        try outcome.get()
    }

    private init(drainDelay: Duration) throws {
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("soak-\(UUID().uuidString)").path
        try FileStore.makeFolder(folder)
        let loops = EventLoopGroup(count: 2)
        let sandbox = try SandboxCluster(SandboxSettings(clock: SystemClock()), loops: loops)
        running = Task { try await sandbox.run() }
        try FileStore.write(Array(sandbox.administratorKubeconfig.utf8), to: "\(folder)/admin.kubeconfig")
        try FileStore.write(Array(sandbox.serverKubeconfig.utf8), to: "\(folder)/server.kubeconfig")
        api = try Kubeconfig.load(path: "\(folder)/admin.kubeconfig").makeClient(loops: loops)
        let authority = try CertificateAuthority(commonName: "soak", now: clock.now())
        let first = try Self.issue(0, authority)
        servers = try (1...2).map { number in
            try SoakServer(
                SecretVolume(at: "\(folder)/server-\(number)", first),
                kubeconfig: "\(folder)/server.kubeconfig",
                clusterPort: sandbox.endpoint.port,
                drainDelay: drainDelay,
                loops: loops
            )
        }
        context = try TLSContext.client(authorities: authority.identity.certificate)
        self.authority = authority
        self.folder = folder
        self.loops = loops
    }

    /// A client of `server` that has no connection yet.
    func client(of server: SoakServer) -> HTTPClient {
        HTTPClient(
            endpoint: HTTPEndpoint(isSecure: true, host: "127.0.0.1", port: server.port),
            tls: context,
            loops: loops
        )
    }

    private func install() async throws {
        let caBundle = Base64.encode(authority.identity.certificate)
        try await Installation(address: "127.0.0.1:\(servers[0].port)", caBundle: caBundle).install(in: api)
    }

    /// Makes the Canary, and gives the review to which both servers know the answer, which is a patch.
    func review() async throws -> SoakReview {
        let namespace: JSONValue = ["apiVersion": "v1", "kind": "Namespace", "metadata": ["name": "soak"]]
        _ = try await api.create(.namespaces, namespace, namespace: nil)
        var canary = try #require(try RepositoryFiles.documents("manifests/examples/canary.yaml").first)
        canary[path: "metadata", "namespace"] = .string(Self.namespace)
        canary[path: "metadata", "annotations"] = ["canarygate.dev/break-glass": "a status by hand"]
        canary[path: "spec", "suspend"] = true
        _ = try await api.create(.canaries, canary, namespace: Self.namespace)
        let key = ObjectKey(namespace: Self.namespace, name: "podinfo")
        let status: JSONValue = ["status": ["phase": "Succeeded", "lastPromotedSpec": "0123456789"]]
        _ = try await api.patch(.canaries, key, .merge(status), subresource: "status")
        let any = try SoakReview(namespace: Self.namespace)
        let answers = try await [gated(any, by: servers[0]), gated(any, by: servers[1])]
        #expect(answers[0] == answers[1])
        return any.expecting(answers[0])
    }

    /// The answer with a patch, which comes when the server has seen the Canary.
    private func gated(_ review: SoakReview, by server: SoakServer) async throws -> JSONValue {
        let client = client(of: server)
        for _ in 0..<500 {
            let answer = try await review.send(over: client).answer
            guard let patch = answer[path: "response", "patch"]?.array else {
                try await clock.sleep(for: .milliseconds(20))
                continue
            }
            let change = "podinfod: stefanprodan/podinfo:3.1.0 -> 3.1.1"
            #expect(patch.count == 6 && patch.contains { $0["value"] == .string(change) }, "\(answer)")
            return answer
        }
        throw Impatience(description: "the gate does not know the Canary")
    }

    /// Renews the certificate of all servers, and returns when new connections get it everywhere.
    func rotate() async throws {
        let number = certificates.withLock { number in
            number += 1
            return number
        }
        let identity = try Self.issue(number, authority)
        for server in servers { try server.volume.put(identity) }
        let end = clock.now() + SoakServer.patience
        for server in servers {
            while try await LooseConnection.open(server.port, context, loops).serverName != Self.name(number) {
                guard clock.now() < end else { throw Impatience(description: "certificate \(number) was not taken") }
                try await clock.sleep(for: .milliseconds(100))
            }
        }
    }

    /// How often the certificate was renewed.
    var rotations: Int { certificates.withLock { $0 } }

    /// Certificates differ in their common name as in their serial number.
    private static func name(_ number: Int) -> String { "certificate \(number)" }

    private static func issue(_ number: Int, _ authority: CertificateAuthority) throws -> Identity {
        try authority.issue(commonName: name(number), names: ["127.0.0.1"], now: SystemClock().now())
    }

    private func end() async throws {
        for server in servers { server.kill() }
        running.cancel()
        do { try await running.value } catch is CancellationError {}
        let loops = loops
        await Task.detached { loops.shutdown() }.value
        try FileManager.default.removeItem(atPath: folder)
    }
}
