import JSON
import Kubernetes
import Platform
import Sandbox
import TestSupport
import Testing

/// What is kept of a Secret.
@Suite(.timeLimit(.minutes(1))) struct SecretKeysTests {
    private let secret: JSONValue = [
        "apiVersion": "v1", "kind": "Secret", "type": "Opaque",
        "metadata": [
            "name": "slack", "namespace": "test", "uid": "u-1", "resourceVersion": "7",
            "labels": ["token": "hunter2"],
            "annotations": [
                "kubectl.kubernetes.io/last-applied-configuration": "{\"data\":{\"address\":\"aHVudGVyMg==\"}}"
            ],
            "ownerReferences": [["kind": "Canary", "name": "podinfo"]],
        ],
        "data": ["address": "aHVudGVyMg=="], "stringData": ["token": "hunter2"],
    ]

    @Test func isTheNamesOfItsKeys() {
        #expect(
            SecretKeys.of(secret) == [
                "apiVersion": "v1", "kind": "Secret", "type": "Opaque",
                "metadata": [
                    "name": "slack", "namespace": "test", "uid": "u-1", "resourceVersion": "7",
                    "ownerReferences": [["kind": "Canary", "name": "podinfo"]],
                ],
                "data": ["address": "", "token": ""],
            ]
        )
    }

    @Test func isNoValueAnywhere() {
        let text = String(decoding: SecretKeys.of(secret).serialized, as: UTF8.self)
        #expect(!text.contains("hunter2") && !text.contains("aHVudGVyMg"))
    }

    @Test func isNothingOfWhatIsNoSecret() {
        #expect(SecretKeys.of(.null)["data"] == .object(JSONObject()))
    }

    @Test func isAllThatAnInformerHoldsAndTells() async throws {
        let clock = ManualClock()
        let cluster = InMemoryCluster(clock: clock)
        cluster.put(.secrets, secret)
        let (told, continuation) = AsyncStream<InformerEvent>.makeStream()
        let informer = Informer(
            type: .secrets,
            api: cluster,
            clock: clock,
            keep: { SecretKeys.of($0) },
            onEvent: { continuation.yield($0) }
        )
        let task = Task { await informer.run() }
        try await informer.waitUntilSynced()
        for await event in told.prefix(1) { #expect(!"\(event)".contains("aHVudGVyMg")) }
        let kept = try #require(informer.objects.values.first)
        #expect(kept["data"] == ["address": "", "token": ""])
        task.cancel()
        await task.value
    }
}
