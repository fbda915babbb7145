package import Platform

/// The load tests that run, shared by who takes them and who sends their requests.
package final class LoadTests: Sendable {
    private struct Run: Sendable {
        let test: LoadTest
        let namespace: String
        let start: Timestamp
        let end: Timestamp
    }

    private let clock: any WallClock
    private let runs = Locked<[String: Run]>([:])

    /// None yet.
    package init(clock: any WallClock) { self.clock = clock }

    /// Begins what `command` asks for; one that runs already goes on, as in Flagger's load tester.
    func begin(_ command: String, namespace: String) {
        guard let test = LoadTest(command: command) else { return }
        let now = clock.now()
        runs.withLock { runs in
            let key = "\(namespace) \(command)"
            if let running = runs[key], running.end > now { return }
            runs[key] = Run(test: test, namespace: namespace, start: now, end: now + test.length)
        }
    }

    /// What is sent between two times, by `plan`; tests that were over before are forgotten.
    func requests(from start: Timestamp, to end: Timestamp, by plan: TrafficPlan) -> [(visit: Visit, requests: Double)]
    {
        let active = runs.withLock { runs in
            runs = runs.filter { $0.value.end > start }
            return runs.sorted { $0.key < $1.key }.map(\.value)
        }
        return active.compactMap { run in
            let span = min(end, run.end) - max(start, run.start)
            guard span > .zero else { return nil }
            let place = run.test.place(in: plan, namespace: run.namespace)
            let requests = run.test.requestsPerSecond * (span / .seconds(1))
            return (Visit(place: place, request: run.test.request), requests)
        }
    }
}
