import Admission
import HTTP
import JSON
import Kubernetes
import Platform
import Sandbox
import Sockets
import TLS
import TestSupport
import Testing

/// The same over sockets and TLS.
@Suite(.timeLimit(.minutes(1))) struct WebhookLoopbackTests {
    private let cluster = InMemoryCluster(clock: ManualClock())
    private let certificates: LoopbackCertificates

    init() throws { certificates = try LoopbackCertificates() }

    @Test func asksOverTLSAgainAndAgain() async throws {
        let server = FakeWebhookServer { _, _ in patching([["op": "add", "path": "/data/b", "value": "2"]]) }
        try await withServer(server) { port, loops in
            let connects = Locked(0)
            let admission = WebhookAdmission(cluster: cluster) { endpoint, authorities in
                connects.withLock { $0 += 1 }
                let tls = try TLSContext.client(authorities: authorities)
                return HTTPClient(endpoint: endpoint, tls: tls, loops: loops)
            }
            register(port: port, certificates.bundle)
            for _ in 0..<3 {
                let object = try await admission.mutate(attempt()).object
                #expect(object?[path: "data", "b"] == "2")
            }
            #expect(connects.withLock { $0 } == 1)
            // The authorities' certificates in another form are another trust.
            register(port: port, certificates.bundle + [UInt8(ascii: "\n")])
            _ = try await admission.mutate(attempt())
            #expect(connects.withLock { $0 } == 2)
        }
        #expect(server.targets == [String](repeating: "/a?timeout=30s", count: 4))
    }

    @Test func asksTheProductsOwnServer() async throws {
        let handler = AdmissionHandler(webhooks: [Refusing()], view: { ClusterView() }, clock: ManualClock())
        try await withServer(handler) { port, loops in
            register(port: port, certificates.bundle)
            let admission = WebhookAdmission(cluster: cluster, loops: loops)
            let error = await failure { () async throws(KubernetesError) in try await admission.mutate(attempt()) }
            #expect(error?.message == "admission webhook \"a.example.com\" denied the request: not today")
            #expect(error?.code == 403)
            #expect(error?.warnings == ["tomorrow perhaps"])
        }
    }

    @Test func trustsOnlyTheBundle() async throws {
        let stranger = try LoopbackCertificates()
        try await withServer(FakeWebhookServer { _, _ in ["allowed": true] }) { port, loops in
            let admission = WebhookAdmission(cluster: cluster, loops: loops)
            register(port: port, stranger.bundle)
            let call = #"failed to call webhook: Post "https://127.0.0.1:\#(port)/a?timeout=30s": "#
            let unknown = "tls: failed to verify certificate: x509: certificate signed by unknown authority"
            #expect(await problem(admission) == call + unknown)
            register(port: port, Array("garbage".utf8))
            let unreadable = "unable to load root certificates: unable to parse bytes as PEM block"
            #expect(await problem(admission) == "could not get REST client: \(unreadable)")
        }
    }

    @Test func saysThatNobodyListens() async throws {
        let port = try await withServer(FakeWebhookServer { _, _ in ["allowed": true] }) { port, _ in port }
        let loops = EventLoopGroup(count: 1)
        register(port: port, certificates.bundle)
        let found = await problem(WebhookAdmission(cluster: cluster, loops: loops))
        #expect(
            found == """
                failed to call webhook: Post "https://127.0.0.1:\(port)/a?timeout=30s": \
                dial tcp 127.0.0.1:\(port): connect: connection refused
                """
        )
        await Task.detached { loops.shutdown() }.value
    }

    @Test func reachesAServiceWhereItIs() async throws {
        let server = FakeWebhookServer { _, _ in ["allowed": true] }
        try await withServer(server) { port, loops in
            let services = try ServiceAddresses(parsing: ["test/hooks=127.0.0.1:\(port)"])
            let admission = WebhookAdmission(cluster: cluster, loops: loops, services: services)
            register(["service": ["namespace": "test", "name": "hooks", "path": "/a"]], certificates.bundle)
            let call = #"failed to call webhook: Post "https://hooks.test.svc:443/a?timeout=30s": "#
            #expect(await problem(admission) == call + #"service "hooks" not found"#)
            putService(port: 8_443)
            #expect(await problem(admission) == call + #"no service port 443 found for service "hooks""#)
            putService(port: 443)
            #expect(try await admission.mutate(attempt()).object != nil)
            let unknown = await problem(WebhookAdmission(cluster: cluster, loops: loops))
            let hint = "the sandbox reaches no pods, expected an address by --service test/hooks=host:port"
            #expect(unknown == call + hint)
        }
        #expect(server.targets == ["/a?timeout=30s"])
    }

    @Test func wantsACertificateForTheServicesName() async throws {
        try await withServer(FakeWebhookServer { _, _ in ["allowed": true] }) { port, loops in
            let services = try ServiceAddresses(parsing: ["test/others=127.0.0.1:\(port)"])
            let admission = WebhookAdmission(cluster: cluster, loops: loops, services: services)
            putService("others", port: 443)
            register(["service": ["namespace": "test", "name": "others"]], certificates.bundle)
            let problem = try #require(await problem(admission))
            #expect(problem.contains("x509: certificate is valid for "), "\(problem)")
            #expect(problem.hasSuffix(", not others.test.svc"), "\(problem)")
        }
    }

    @Test(arguments: ["a=127.0.0.1:1", "a/b", "a/b=", "a/b=host", "a/b=:1", "a/b=h:0", "/b=h:1", "a/b/c=h:1"])
    func refusesAnAddressOfAnotherForm(entry: String) {
        let failure = #expect(throws: ServiceAddresses.Failure.self) { try ServiceAddresses(parsing: [entry]) }
        #expect(
            failure?.description
                == "\(entry), expected namespace/name=address:port, for example "
                + "canarygate-system/canarygate=127.0.0.1:9443"
        )
    }

    // MARK: Scaffolding

    private func putService(_ name: String = "hooks", port: Int) {
        cluster.put(
            .services,
            [
                "metadata": ["name": .string(name), "namespace": "test"],
                "spec": ["clusterIP": "10.96.0.9", "ports": [["port": .number(JSONNumber(port))]]],
            ]
        )
    }

    /// What goes behind the webhook's name in the error.
    private func problem(_ admission: WebhookAdmission) async -> String? {
        let error = await failure { () async throws(KubernetesError) in try await admission.mutate(attempt()) }
        let prefix = "Internal error occurred: failed calling webhook \"a.example.com\": "
        guard let message = error?.message, message.hasPrefix(prefix) else { return error?.message }
        return String(message.dropFirst(prefix.count))
    }

    private func register(port: Int, _ bundle: [UInt8]) {
        register(["url": .string("https://127.0.0.1:\(port)/a")], bundle)
    }

    private func register(_ place: JSONValue, _ bundle: [UInt8]) {
        var config = place
        config["caBundle"] = .string(Base64.encode(bundle))
        if place["service"] != nil { config["url"] = .null }
        let webhooks: JSONValue = [webhook("a.example.com", ["clientConfig": config, "timeoutSeconds": 30])]
        cluster.put(.mutatingWebhooks, ["metadata": ["name": "hooks"], "webhooks": webhooks])
    }

    /// Serves `handler` on a free loopback port while `body` runs.
    private func withServer<Result: Sendable>(
        _ handler: any HTTPHandler,
        _ body: (Int, EventLoopGroup) async throws -> Result
    ) async throws -> Result {
        let loops = EventLoopGroup(count: 2)
        let configuration = HTTPServer.Configuration(address: "127.0.0.1:0", tls: try certificates.serverContext())
        let server = try HTTPServer(configuration: configuration, loops: loops, handler: handler)
        let running = Task { try await server.run() }
        let outcome: Swift.Result<Result, any Error>
        do { outcome = .success(try await body(server.port, loops)) } catch { outcome = .failure(error) }
        running.cancel()
        try await running.value
        await Task.detached { loops.shutdown() }.value
        return try outcome.get()
    }
}

/// Certificates for 127.0.0.1 and a Service, made for the test.
private struct LoopbackCertificates {
    private let server: Identity
    /// The authority's certificate in PEM.
    let bundle: [UInt8]

    init() throws {
        let now = SystemClock().now()
        let authority = try CertificateAuthority(commonName: "test authority", now: now)
        server = try authority.issue(commonName: "server", names: ["127.0.0.1", "hooks.test.svc"], now: now)
        bundle = authority.identity.certificate
    }

    func serverContext() throws -> TLSContext {
        try .server(certificateChain: server.certificate, privateKey: server.privateKey)
    }
}

/// Refuses everything.
private struct Refusing: Webhook {
    let path = "/a"
    let isMutating = true
    let failurePolicy = FailurePolicy.fail

    func verdict(on request: AdmissionRequest, in view: ClusterView, now: Timestamp) -> Verdict {
        Verdict(forbidden: "not today", warnings: ["tomorrow perhaps"])
    }
}
