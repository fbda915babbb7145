package import Admission
import JSON
package import Kubernetes

/// Writes an Event on the Canary for each glass that was broken, after the webhooks have answered.
package struct GlassReporter: Sendable {
    /// How many may wait.
    private static let queueLimit = 100

    private let events: EventRecorder
    private let store: ClusterViewStore
    private let uses: AsyncStream<BrokenGlass>
    private let arrival: AsyncStream<BrokenGlass>.Continuation

    /// A reporter that finds the Canaries in `store`.
    package init(events: EventRecorder, store: ClusterViewStore) {
        self.events = events
        self.store = store
        (uses, arrival) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(Self.queueLimit))
    }

    /// Has `use` told by and by; returns at once.
    package func report(_ use: BrokenGlass) { arrival.yield(use) }

    /// Tells until the task is cancelled.
    package func run() async {
        for await use in uses {
            let key = ObjectKey(namespace: use.namespace, name: use.canary)
            guard let canary = store.current.object(.canaries, key) else { continue }
            let message = "\(use.username) broke the glass on \(use.title): \(use.reason)"
            await events.record(.warning, reason: "BreakGlass", message: message, about: canary)
        }
    }
}
