import Controller
import JSON
import Kubernetes
import Platform
import Sandbox
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1))) struct FencedAPITests {
    private let clock = ManualClock()
    private let cluster: InMemoryCluster
    private let isLeading = Locked(true)
    private let api: FencedAPI
    private let key = ObjectKey(namespace: "test", name: "a")

    init() {
        let isLeading = isLeading
        cluster = InMemoryCluster(clock: clock)
        cluster.put(.configMaps, configMap("a", "1"))
        api = FencedAPI(
            cluster,
            lease: ObjectKey(namespace: "canarygate-system", name: "canarygate"),
            patience: .seconds(5),
            clock: clock
        ) {
            isLeading.withLock { $0 }
        }
    }

    private var value: String? { cluster.object(.configMaps, key)?[path: "data", "value"]?.string }

    private func write(_ value: String) async throws(KubernetesError) {
        _ = try await api.patch(.configMaps, key, .merge(["data": ["value": .string(value)]]), subresource: nil)
    }

    /// Holds every write up until the stream that is returned ends it; the first tells when one has begun.
    private func holdUp() -> (begun: AsyncStream<Void>, release: AsyncStream<Void>.Continuation) {
        let (begun, begin) = AsyncStream<Void>.makeStream()
        let (held, release) = AsyncStream<Void>.makeStream()
        cluster.onCall { call throws(KubernetesError) in
            begin.yield()
            for await _ in held {}
            if Task.isCancelled { throw KubernetesError(operation: call, code: 0, reason: "", message: "cancelled") }
        }
        return (begun, release)
    }

    @Test func writesWhileItLeads() async throws {
        try await write("2")
        #expect(value == "2")
        _ = try await api.create(.configMaps, configMap("b"), namespace: "test")
        try await api.delete(.configMaps, key)
        #expect(cluster.objects(.configMaps).map(\.name) == ["b"])
        #expect(api.refusedWrites == 0)
    }

    @Test func readsAndRefusesToWriteWhileItDoesNot() async throws {
        isLeading.withLock { $0 = false }
        _ = try await api.get(.configMaps, key)
        var refusal: KubernetesError?
        do throws(KubernetesError) { try await write("2") } catch { refusal = error }
        #expect(refusal?.isNotLeading == true && refusal?.isTransient == false)
        #expect(
            refusal?.description
                == "patch configmaps test/a: not sent: the lease canarygate-system/canarygate is not held here, or may run "
                + "out before the answer"
        )
        #expect(value == "1" && api.refusedWrites == 1)
    }

    @Test func carriesThroughWhatItHasBegun() async throws {
        let (begun, release) = holdUp()
        let task = Task { try await write("2") }
        for await _ in begun { break }
        task.cancel()
        release.finish()
        try await task.value
        #expect(value == "2")
    }

    @Test func beginsNothingOnceItIsCancelled() async throws {
        let task = Task {
            while !Task.isCancelled { await Task.yield() }
            try await write("2")
        }
        task.cancel()
        await #expect(throws: KubernetesError.self) { try await task.value }
        #expect(value == "1")
    }

    @Test func givesUpBeforeTheLeaseMayRunOut() async throws {
        let (begun, _) = holdUp()
        let task = Task { try await write("2") }
        for await _ in begun { break }
        await clock.waitForSleepers(count: 1)
        clock.advance(by: .seconds(5))
        await #expect(throws: KubernetesError.self) { try await task.value }
        #expect(value == "1")
    }
}
