import Kubernetes
import Platform

/// Calls a reconcile function at the start, after every change of some kinds, and when it asked to be woken.
///
/// Many changes at once are one call.
struct ReconcileLoop: Sendable {
    /// How long to wait before a watch that ended is begun again.
    private static let pause = Duration.seconds(1)
    /// The least time to sleep on: a clock may say that a moment has not quite come when a sleep until then is over.
    private static let shortestSleep = Duration.milliseconds(1)

    let cluster: InMemoryCluster
    let clock: any WallClock
    let types: [ResourceType]
    /// How long to wait after a call before the next, which is for all that has changed meanwhile.
    var rest = Duration.zero

    /// Runs until the task is cancelled; `reconcile` returns when it wants to be called again, nil for at a change
    /// only.
    func run(_ reconcile: @Sendable () -> Timestamp?) async {
        let (signals, continuation) = AsyncStream<Void>.makeStream(bufferingPolicy: .bufferingNewest(1))
        await withDiscardingTaskGroup { group in
            for type in types { group.addTask { await follow(type, continuation) } }
            continuation.yield()
            var alarm: Timestamp?
            for await _ in signals {
                if let due = alarm, due <= clock.now() { alarm = nil }
                if let wake = reconcile(), alarm.map({ wake < $0 }) ?? true {
                    alarm = wake
                    group.addTask { await ring(at: wake, continuation) }
                }
                guard await isRested(rest) else { break }
            }
            group.cancelAll()
        }
    }

    /// Signals every change of `type`.
    private func follow(_ type: ResourceType, _ signals: AsyncStream<Void>.Continuation) async {
        repeat {
            do {
                for try await _ in try await cluster.watch(type, namespace: nil, resourceVersion: "") {
                    signals.yield()
                }
            } catch {
                // The kind is not installed, or the watch was broken off: what changes meanwhile is seen at the next.
                signals.yield()
            }
        } while await isRested(Self.pause)
    }

    /// Waits a little; false when the task was cancelled.
    private func isRested(_ time: Duration) async -> Bool {
        guard time > .zero else { return true }
        do {
            try await clock.sleep(for: time)
            return true
        } catch {
            return false
        }
    }

    /// Signals once when `wake` has come.
    private func ring(at wake: Timestamp, _ signals: AsyncStream<Void>.Continuation) async {
        do {
            while case let rest = wake - clock.now(), rest > .zero {
                try await clock.sleep(for: max(rest, Self.shortestSleep))
            }
            signals.yield()
        } catch {
            return
        }
    }
}
