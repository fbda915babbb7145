import HTTP
import HTTPTypes
import JSON
import Platform
import Sockets
import TLS
import Testing

/// A webhook on this machine, registered for the ConfigMaps of one namespace.
///
/// A real API server calls it too where it runs on this machine; one that does not is not asked (`canBeReached`).
final class ContractWebhook: HTTPHandler {
    /// What is answered to a review's `request`, without the uid.
    typealias Answer = @Sendable (JSONValue) -> JSONValue

    private let answer: Answer
    private let received = Locked<[JSONValue]>([])

    private init(_ answer: @escaping Answer) { self.answer = answer }

    /// The requests in the order in which they came, without those that asked whether it is registered yet.
    var requests: [JSONValue] { received.withLock { $0 } }

    /// Whether the API server under test can call this machine's loopback.
    static var canBeReached: Bool {
        get throws { try #require(APIUnderTest.current).isOnThisMachine }
    }

    /// Registers one with `changes` to its registration while `body` runs.
    static func run(
        in space: ContractNamespace,
        mutating isMutating: Bool = false,
        _ changes: JSONValue = [:],
        answer: @escaping Answer,
        _ body: (ContractWebhook) async throws -> Void
    ) async throws {
        let webhook = ContractWebhook(answer)
        let now = SystemClock().now()
        let authority = try CertificateAuthority(commonName: "contract", now: now)
        let identity = try authority.issue(commonName: "webhook", names: ["127.0.0.1"], now: now)
        let tls = try TLSContext.server(certificateChain: identity.certificate, privateKey: identity.privateKey)
        let loops = EventLoopGroup(count: 1)
        let server = try HTTPServer(
            configuration: HTTPServer.Configuration(address: "127.0.0.1:0", tls: tls),
            loops: loops,
            handler: webhook
        )
        let running = Task { try await server.run() }
        let bundle = Base64.encode(authority.identity.certificate)
        let outcome: Result<Void, any Error>
        do {
            let kind = isMutating ? "mutatingwebhookconfigurations" : "validatingwebhookconfigurations"
            let path = "/apis/admissionregistration.k8s.io/v1/\(kind)"
            let registration = space.registration(port: server.port, bundle: bundle).merging(changes)
            let configuration: JSONValue = ["metadata": ["name": .string(space.name)], "webhooks": [registration]]
            let made = try await space.api.send(.post, path, configuration)
            #expect(made.status == 201, "\(made.text)")
            try await webhook.waitUntilAsked(space)
            try await body(webhook)
            _ = try await space.api.send(.delete, "\(path)/\(space.name)")
            outcome = .success(())
        } catch {
            outcome = .failure(error)
        }
        running.cancel()
        try await running.value
        await Task.detached { loops.shutdown() }.value
        try outcome.get()
    }

    /// Waits until the API server has taken the registration in, and forgets what was asked for that.
    private func waitUntilAsked(_ space: ContractNamespace) async throws {
        let clock = SystemClock()
        let end = clock.now() + .seconds(20)
        let probe: JSONValue = ["metadata": ["name": "probe", "labels": ["asked": "true"]]]
        while received.withLock(\.isEmpty) {
            try #require(clock.now() < end, "the webhook is not asked")
            _ = try await space.api.send(.post, "\(space.configMaps())?dryRun=All", probe)
            try await clock.sleep(for: .milliseconds(20))
        }
        received.withLock { $0 = [] }
    }

    func response(to request: ServerRequest) async -> ServerResponse {
        let review: JSONValue
        do { review = try JSONValue(parsing: request.body) } catch { review = .null }
        let asked = review["request"] ?? .null
        received.withLock { $0.append(asked) }
        var response = answer(asked)
        response["uid"] = asked["uid"]
        let body: JSONValue = [
            "apiVersion": "admission.k8s.io/v1", "kind": "AdmissionReview", "response": response,
        ]
        return ServerResponse(status: .ok, contentType: "application/json", body: .bytes(body.serialized))
    }
}

extension ContractNamespace {
    /// A registration for the ConfigMaps of this namespace that carry the label `asked`.
    fileprivate func registration(port: Int, bundle: String) -> JSONValue {
        [
            "name": "check.example.com", "admissionReviewVersions": ["v1"], "sideEffects": "None",
            "timeoutSeconds": 5, "failurePolicy": "Fail",
            "clientConfig": ["url": .string("https://127.0.0.1:\(port)/check"), "caBundle": .string(bundle)],
            "namespaceSelector": ["matchLabels": ["kubernetes.io/metadata.name": .string(name)]],
            "objectSelector": ["matchLabels": ["asked": "true"]],
            "rules": [
                [
                    "apiGroups": [""], "apiVersions": ["v1"], "resources": ["configmaps"], "operations": ["*"],
                    "scope": "Namespaced",
                ]
            ],
        ]
    }

    /// A ConfigMap about which the webhook is asked.
    func asked(_ name: String, data: JSONValue = ["value": "1"]) -> JSONValue {
        ["metadata": ["name": .string(name), "labels": ["asked": "true"]], "data": data]
    }
}
