package import Platform

/// Envoy's counters and their history, shared by who writes and who asks.
package final class EnvoyMetrics: Sendable {
    private struct State {
        var statistics = EnvoyStatistics()
        var store = SampleStore()
    }

    private let state = Locked(State())

    /// Nothing counted yet.
    package init() {}

    /// Counts what `body` counts.
    package func update(_ body: (inout EnvoyStatistics) -> Void) {
        state.withLock { state in body(&state.statistics) }
    }

    /// Keeps the present values as the samples of `time`.
    package func scrape(at time: Timestamp) {
        state.withLock { state in state.store.append(state.statistics.samples, at: time) }
    }

    /// The present values in the text exposition format.
    package var exposition: String { state.withLock { state in state.statistics }.exposition }

    /// The samples so far.
    package var samples: SampleStore { state.withLock { state in state.store } }
}
