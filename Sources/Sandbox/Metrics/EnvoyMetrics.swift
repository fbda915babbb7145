package import Platform

/// Envoy's counters, those of pods, and the history of both, shared by who writes and who asks.
package final class EnvoyMetrics: Sendable {
    private struct State {
        var counts = TrafficCounts()
        var store = SampleStore()
    }

    private let state = Locked(State())

    /// Nothing counted yet.
    package init() {}

    /// Counts what `body` counts.
    package func update(_ body: (inout TrafficCounts) -> Void) {
        state.withLock { state in body(&state.counts) }
    }

    /// Keeps the present values as the samples of `time`.
    package func scrape(at time: Timestamp) {
        state.withLock { state in
            state.store.append(state.counts.envoy.samples + state.counts.pods.samples, at: time)
        }
    }

    /// Envoy's present values in the text exposition format.
    package var exposition: String { state.withLock { state in state.counts.envoy }.exposition }

    /// What each revision has served so far.
    package var served: [ServedRequests] { state.withLock { state in state.counts.pods }.served }

    /// The samples so far.
    package var samples: SampleStore { state.withLock { state in state.store } }
}
