import HTTP
import HTTPTypes
import JSON
import Kubernetes
import Platform
import Sandbox
import TestSupport
import Testing

/// How the webhooks are called: together, in time, over clients that are kept.
@Suite(.timeLimit(.minutes(1))) struct WebhookCallTests {
    private let cluster = InMemoryCluster(clock: ManualClock())
    private let server = FakeWebhookServer { _, _ in ["allowed": true] }

    @Test func sendsWhatTheAPIServerSends() async throws {
        let sent = Locked<[ClientRequest]>([])
        let admission = WebhookAdmission(cluster: cluster) { _, _ in
            RecordingTransport(sent: sent, next: InMemoryTransport(handler: server))
        }
        register(.mutatingWebhooks, [webhook("a.example.com", ["timeoutSeconds": 3])])
        _ = try await admission.mutate(attempt())
        let request = try #require(sent.withLock { $0.first })
        #expect(request.timeout == .seconds(3))
        #expect(request.head.method == .post)
        #expect(request.head.path == "/a?timeout=3s")
        #expect(request.head.headerFields[.contentType] == "application/json")
        #expect(request.head.headerFields[.accept] == "application/json, */*")
        #expect(request.head.headerFields[.userAgent] == "kube-apiserver-admission")
    }

    @Test(arguments: [
        ("https://hook.test", "/?timeout=10s"), ("https://hook.test/", "/?timeout=10s"),
        ("https://hook.test/a/b/", "/a/b?timeout=10s"),
    ])
    func callsThePathOfTheURL(url: String, target: String) async throws {
        let admission = WebhookAdmission(cluster: cluster) { _, _ in InMemoryTransport(handler: server) }
        register(.mutatingWebhooks, [webhook("a.example.com", ["clientConfig": ["url": .string(url)]])])
        _ = try await admission.mutate(attempt())
        #expect(server.targets == [target])
    }

    @Test func asksValidatingWebhooksAtTheSameTime() async throws {
        let meeting = Meeting(size: 3)
        let admission = WebhookAdmission(cluster: cluster) { _, _ in
            InMemoryTransport(handler: MeetingHandler(meeting: meeting, next: server))
        }
        register(.validatingWebhooks, ["a", "b", "c"].map { webhook("\($0).example.com") })
        // Asked one after the other, the first would wait for ever.
        #expect(try await admission.validate(attempt()).isEmpty)
        #expect(Set(server.targets).count == 3)
    }

    @Test func keepsSixteenClients() async throws {
        let made = Locked<[String]>([])
        let admission = WebhookAdmission(cluster: cluster) { endpoint, _ in
            made.withLock { $0.append(endpoint.host) }
            return InMemoryTransport(handler: server)
        }
        for host in Array(1...17) + [17, 1, 17, 1] {
            let config: JSONValue = ["clientConfig": ["url": "https://h\(host).test/a"]]
            register(.mutatingWebhooks, [webhook("a.example.com", config)])
            _ = try await admission.mutate(attempt())
        }
        // The first was dropped for the seventeenth, and made again once.
        #expect(made.withLock { $0 } == (1...17).map { "h\($0).test" } + ["h1.test"])
    }

    private func register(_ type: ResourceType, _ webhooks: [JSONValue]) {
        cluster.put(type, ["metadata": ["name": "hooks"], "webhooks": .array(webhooks)])
    }
}

/// Keeps what is sent.
private struct RecordingTransport: HTTPTransport {
    let sent: Locked<[ClientRequest]>
    let next: InMemoryTransport

    func send(_ request: ClientRequest) async throws -> ClientResponse {
        sent.withLock { $0.append(request) }
        return try await next.send(request)
    }
}

/// Lets nobody go before all are there.
private actor Meeting {
    private let size: Int
    private var waiting: [CheckedContinuation<Void, Never>] = []

    init(size: Int) { self.size = size }

    func join() async {
        guard waiting.count + 1 < size else {
            for guest in waiting { guest.resume() }
            waiting = []
            return
        }
        await withCheckedContinuation { waiting.append($0) }
    }
}

/// Answers once as many requests have come as the meeting wants.
private struct MeetingHandler: HTTPHandler {
    let meeting: Meeting
    let next: FakeWebhookServer

    func response(to request: ServerRequest) async -> ServerResponse {
        await meeting.join()
        return await next.response(to: request)
    }
}
