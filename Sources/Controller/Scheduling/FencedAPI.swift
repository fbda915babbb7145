package import Kubernetes
package import Platform

/// An API that writes only while we lead, and carries through what it has begun to write.
///
/// A write is sent only while the lease has a margin to go. Within it the write arrives or is given up, so that none of ours
/// comes after the next leader's first. When the task is cancelled, a write that is under way still comes to its end: who
/// hands the lease over afterwards leaves nothing on its way.
package final class FencedAPI: InterceptedAPI {
    package let inner: any KubernetesAPI
    private let lease: ObjectKey
    private let mayWrite: @Sendable () -> Bool
    private let patience: Duration
    private let clock: any WallClock
    private let refusals = Locked(0)

    /// Writes to `api` while `mayWrite` says so, each for `patience` at most, by a clock that runs as the lease's does.
    ///
    /// `lease` is named in refusals. `patience` must not be longer than the margin with which `mayWrite` reckons.
    package init(
        _ api: any KubernetesAPI,
        lease: ObjectKey,
        patience: Duration,
        clock: any WallClock = SystemClock(),
        mayWrite: @escaping @Sendable () -> Bool
    ) {
        inner = api
        self.lease = lease
        self.patience = patience
        self.clock = clock
        self.mayWrite = mayWrite
    }

    /// How many writes were refused here.
    package var refusedWrites: Int { refusals.withLock { $0 } }

    package func pass<Answer: Sendable>(
        _ call: KubernetesCall,
        _ make: @escaping @Sendable () async throws(KubernetesError) -> Answer
    ) async throws(KubernetesError) -> Answer {
        if call.verb.isRead { return try await make() }
        if Task.isCancelled {
            throw KubernetesError(operation: call.description, code: 0, reason: "", message: "cancelled")
        }
        guard mayWrite() else {
            refusals.withLock { $0 += 1 }
            throw .notLeading(call.description, lease)
        }
        return try await carry(make).get()
    }

    /// Brings the write to its end though the task be cancelled, within `patience`.
    private func carry<Answer: Sendable>(
        _ write: @escaping @Sendable () async throws(KubernetesError) -> Answer
    ) async -> Result<Answer, KubernetesError> {
        let writing = Task { () async -> Result<Answer, KubernetesError> in
            do throws(KubernetesError) { return .success(try await write()) } catch { return .failure(error) }
        }
        let timer = Task { [clock, patience] in
            do { try await clock.sleep(for: patience) } catch {
                // The write has ended.
                return
            }
            writing.cancel()
        }
        let result = await writing.value
        timer.cancel()
        return result
    }
}

extension KubernetesError {
    private static let notLeading = "NotLeading"

    /// `operation` was not sent, as the lease may be another's.
    static func notLeading(_ operation: String, _ lease: ObjectKey) -> KubernetesError {
        KubernetesError(
            operation: operation,
            code: 0,
            reason: notLeading,
            message: "not sent: the lease \(lease) is not held here, or may run out before the answer"
        )
    }

    /// Whether a write was not sent because we may not lead any more.
    package var isNotLeading: Bool { code == 0 && reason == Self.notLeading }
}
