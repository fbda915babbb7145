import Kubernetes
import Platform
import TestSupport

/// An informer of ConfigMaps at a scripted server, and what it told.
final class FollowedServer: Sendable {
    let clock = ManualClock()
    let server: ScriptedServer
    let informer: Informer
    let availabilities = Locked<[KindAvailability]>([])
    private let told: AsyncStream<InformerEvent>
    private let task: Task<Void, Never>

    /// Runs an informer; `jitter` is what spreads its waits.
    init(
        _ server: ScriptedServer,
        labelSelector: String? = nil,
        fieldSelector: String? = nil,
        streamsState: Bool = true,
        jitter: Double = 0,
        api: (any KubernetesAPI)? = nil
    ) {
        self.server = server
        let availabilities = availabilities
        let (events, continuation) = AsyncStream<InformerEvent>.makeStream()
        told = events
        informer = Informer(
            type: .configMaps,
            labelSelector: labelSelector,
            fieldSelector: fieldSelector,
            api: api ?? server.client(clock: clock),
            clock: clock,
            streamsState: streamsState,
            jitter: { jitter },
            onAvailability: { found in availabilities.withLock { $0.append(found) } },
            onEvent: { continuation.yield($0) }
        )
        task = Task { [informer] in await informer.run() }
    }

    deinit { task.cancel() }

    /// The next `count` events.
    func next(_ count: Int) async -> [String] {
        var events: [String] = []
        for await event in told.prefix(count) { events.append(event.summary) }
        return events
    }

    /// Suspends until so many requests were made.
    func requests(_ count: Int) async -> [String] {
        while server.lines.count < count, !Task.isCancelled { await Task.yield() }
        return server.lines
    }

    func stop() async {
        task.cancel()
        await task.value
    }
}
