import JSON
import Kubernetes
import Platform
import Sandbox
import TestSupport
import Testing

/// What a cluster forgets, so that it can run for long.
@Suite(.timeLimit(.minutes(1))) struct RetentionTests {
    private let clock = ManualClock()

    private func tell(_ name: String, in cluster: InMemoryCluster) {
        let now = clock.now().rfc3339
        cluster.put(
            .events,
            ["metadata": ["name": .string(name), "namespace": "test"], "lastTimestamp": .string(now)]
        )
    }

    @Test func forgetsEventsAnHourAfterTheyWereLastTold() {
        let cluster = InMemoryCluster(clock: clock, eventLifetime: .seconds(3_600))
        tell("once", in: cluster)
        tell("again", in: cluster)
        clock.advance(by: .seconds(1_800))
        tell("again", in: cluster)
        clock.advance(by: .seconds(1_801))
        tell("new", in: cluster)
        #expect(cluster.objects(.events).map(\.name) == ["again", "new"])
    }

    @Test func keepsEventsForEverUnlessTold() {
        let cluster = InMemoryCluster(clock: clock)
        tell("old", in: cluster)
        clock.advance(by: .seconds(1_000_000))
        tell("new", in: cluster)
        #expect(cluster.objects(.events).map(\.name) == ["new", "old"])
    }

    @Test func endsTheWatchesOfADefinitionThatGoes() async throws {
        let cluster = InMemoryCluster(clock: clock)
        let definition: JSONValue = [
            "metadata": ["name": "canaries.flagger.app"],
            "spec": ["group": "flagger.app", "names": ["plural": "canaries", "kind": "Canary"]],
        ]
        cluster.put(.customResourceDefinitions, definition)
        cluster.put(.canaries, ["metadata": ["name": "podinfo", "namespace": "test"]])
        let canaries = try await cluster.watch(.canaries, namespace: nil, resourceVersion: "0")
        let others = try await cluster.watch(.configMaps, namespace: nil, resourceVersion: "0")
        cluster.remove(.customResourceDefinitions, ObjectKey(namespace: nil, name: "canaries.flagger.app"))
        var seen: [String] = []
        for try await event in canaries { seen.append(event.summary) }
        #expect(seen == ["added podinfo 1002", "deleted podinfo 1004"])
        withExtendedLifetime(others) { #expect(cluster.watcherCount == 1) }
    }

    @Test func takesWhatIsInANamespaceWithIt() async throws {
        let cluster = InMemoryCluster(clock: clock)
        cluster.put(.namespaces, ["metadata": ["name": "test"]])
        cluster.put(.configMaps, configMap("a"))
        cluster.put(.configMaps, configMap("b", namespace: "other"))
        try await cluster.delete(.namespaces, ObjectKey(namespace: nil, name: "test"))
        #expect(cluster.objects(.configMaps).map(\.name) == ["b"])
        #expect(cluster.objects(.namespaces).isEmpty)
    }
}
