import HTTP
import HTTPTypes
import JSON
import Kubernetes
import Platform
import Sandbox
import TestSupport
import Testing

/// The project's own client against the server.
@Suite(.timeLimit(.minutes(1))) struct ClientTests {
    private let fixture = APIFixture()
    private let client: KubernetesClient

    init() {
        client = KubernetesClient(
            transport: InMemoryTransport(handler: fixture.server),
            authorization: { "Bearer root" },
            clock: fixture.clock
        )
    }

    @Test func createsReadsAndDeletes() async throws {
        let created = try await client.create(.deployments, podinfo(), namespace: "test")
        #expect(try await client.get(.deployments, test) == created)
        let list = try await client.list(.deployments, namespace: "test", labelSelector: "app=podinfo")
        #expect(list.items == [created])
        #expect(list.resourceVersion == created.resourceVersion)
        try await client.delete(.deployments, test)
        let missing = await failure { () async throws(KubernetesError) in
            try await client.get(.deployments, test)
        }
        #expect(missing?.isNotFound == true)
    }

    @Test func changes() async throws {
        let created = try await client.create(.deployments, podinfo(), namespace: "test")
        let patched = try await client.patch(
            .deployments,
            test,
            .merge(["spec": ["replicas": 4]]),
            subresource: nil
        )
        #expect(patched[path: "spec", "replicas"] == 4)
        let stale = await failure { () async throws(KubernetesError) in
            try await client.update(.deployments, test, created, subresource: nil)
        }
        #expect(stale?.isConflict == true)
        let scale = try await client.patch(
            .deployments,
            test,
            .merge(["spec": ["replicas": 1]]),
            subresource: "scale"
        )
        #expect(scale["kind"] == "Scale")
        var status = try await client.get(.deployments, test)
        status["status"] = ["replicas": 1]
        let updated = try await client.update(.deployments, test, status, subresource: "status")
        #expect(updated[path: "status", "replicas"] == 1)
        #expect(updated[path: "spec", "replicas"] == 1)
    }

    @Test func watches() async throws {
        let list = try await client.list(.deployments, namespace: nil, labelSelector: nil)
        let stream = try await client.watch(
            .deployments,
            namespace: "test",
            resourceVersion: list.resourceVersion
        )
        var events = stream.makeAsyncIterator()
        _ = try await client.create(.deployments, podinfo(), namespace: "test")
        try await client.delete(.deployments, test)
        #expect(try await events.next()?.summary.hasPrefix("added podinfo") == true)
        #expect(try await events.next()?.summary.hasPrefix("deleted podinfo") == true)
    }

    @Test func learnsThatItsVersionIsTooOld() async throws {
        fixture.cluster.forgetHistory()
        let stream = try await client.watch(.deployments, namespace: nil, resourceVersion: "1000")
        var events = stream.makeAsyncIterator()
        let error = await #expect(throws: KubernetesError.self) { try await events.next() }
        #expect(error?.isExpired == true)
    }
}
