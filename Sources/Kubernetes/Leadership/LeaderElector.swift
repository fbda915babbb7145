import JSON
package import Logging
package import Platform
package import Sockets

/// Leads while it holds a Lease, and competes for it while it does not.
///
/// No two leaders write at once as long as their clocks run at about the same speed and what they do asks `mayWrite`
/// before each write: a lease is no fence on the server.
package final class LeaderElector: Sendable {
    struct State {
        var election: LeaderElection
        var figures = LeadershipFigures()
    }

    /// How an attempt to acquire or renew ended.
    enum Outcome { case leads, waits, failed }

    /// Why somebody stopped leading.
    private enum End { case finished, cancelled, lost }

    private let lease: ObjectKey
    private let settings: LeaderElectionSettings
    private let api: any KubernetesAPI
    private let clock: any WallClock
    private let now: @Sendable () -> MonotonicTime
    private let jitter: @Sendable () -> Double
    private let logger: Logger
    private let onChange: @Sendable (Bool) -> Void
    private let state: Locked<State>

    /// An elector for the Lease at `lease`, which is made where it is missing.
    ///
    /// `clock` gives the times that are written and the waits, `now` the time by which leases end; `jitter` answers
    /// 0 ..< 1 and spreads the attempts of those who wait. `onChange` is told when we have begun to lead and have
    /// stopped, and must not block. The settings must have no `fault`.
    package init(
        lease: ObjectKey,
        settings: LeaderElectionSettings,
        api: any KubernetesAPI,
        clock: any WallClock,
        now: @escaping @Sendable () -> MonotonicTime = { .now },
        jitter: @escaping @Sendable () -> Double = { Double.random(in: 0..<1) },
        logger: Logger = Logger(label: "canarygate.leader"),
        onChange: @escaping @Sendable (Bool) -> Void = { _ in }
    ) {
        precondition(settings.fault == nil, "an election needs settings without a fault")
        self.lease = lease
        self.settings = settings
        self.api = api
        self.clock = clock
        self.now = now
        self.jitter = jitter
        self.onChange = onChange
        var logger = logger
        logger[metadataKey: "kube.object"] = "\(lease)"
        self.logger = logger
        state = Locked(State(election: LeaderElection(lease: lease, settings: settings)))
    }

    /// Whether a write may be sent now: we lead, and the lease has at least the margin to go, whatever happens next.
    package var mayWrite: Bool { state.withLock { [now] in $0.election.mayWrite(at: now()) } }

    /// What can be told of our part.
    package var figures: LeadershipFigures {
        state.withLock { state in
            var figures = state.figures
            figures.isLeader = state.election.isLeading
            figures.holder = state.election.holder
            figures.transitions = state.election.transitions
            return figures
        }
    }

    /// Competes for the lease and runs `lead` while it is held, again each time that it is won, until `lead` returns of
    /// itself or the task is cancelled; then hands the lease over.
    ///
    /// `lead` is cancelled when the lease is lost and when the task is cancelled, and must return soon then; only after
    /// that is the lease handed over, or competed for again.
    package func run(_ lead: @escaping @Sendable () async -> Void) async {
        while await acquire() {
            tell(true)
            let end = await hold(lead)
            if end == .lost {
                state.withLock { state in
                    state.election.stopLeading()
                    state.figures.losses += 1
                }
                logger.warning("leadership lost")
            }
            tell(false)
            guard end == .lost, await pause(settings.retryPeriod) else { break }
        }
        await release()
    }

    private func tell(_ isLeader: Bool) {
        if isLeader {
            state.withLock { $0.figures.acquisitions += 1 }
            logger.notice("leading", metadata: ["lease.identity": "\(settings.identity)"])
        }
        onChange(isLeader)
    }

    /// Sleeps; false when the task was cancelled.
    private func pause(_ duration: Duration) async -> Bool {
        do {
            try await clock.sleep(for: duration)
            return true
        } catch {
            return false
        }
    }

    /// Tries until we lead; false when the task was cancelled first.
    private func acquire() async -> Bool {
        while !Task.isCancelled {
            if await attempt() == .leads { return true }
            // client-go's jitter: those who wait come at different times.
            guard await pause(settings.retryPeriod * (1 + 1.2 * jitter())) else { return false }
        }
        return false
    }

    /// Runs `lead` while the lease is renewed.
    private func hold(_ lead: @escaping @Sendable () async -> Void) async -> End {
        await withTaskGroup(of: End.self) { group in
            group.addTask {
                await lead()
                return Task.isCancelled ? .cancelled : .finished
            }
            group.addTask { await self.renew() }
            group.addTask { await self.guardDeadline() }
            let first = await group.next() ?? .cancelled
            if first == .lost { state.withLock { $0.election.stopLeading() } }
            group.cancelAll()
            await group.waitForAll()
            return first
        }
    }

    /// Renews the lease until it is somebody else's or the task is cancelled.
    private func renew() async -> End {
        while await pause(settings.retryPeriod) {
            switch await attempt() {
            case .waits: return .lost
            case .leads: state.withLock { $0.figures.renewals += 1 }
            case .failed: break
            }
        }
        return .cancelled
    }

    /// Returns when the lease was not renewed for too long, however long the renewal hangs.
    private func guardDeadline() async -> End {
        while let deadline = state.withLock({ $0.election.deadline }) {
            let rest = deadline - now()
            guard rest > .zero else { return .lost }
            guard await pause(rest) else { return .cancelled }
        }
        return .lost
    }

    /// Acquires or renews once.
    private func attempt() async -> Outcome {
        let now = now
        let time = clock.now()
        var next: LeaderElection.Step? = state.withLock { $0.election.begin(at: now(), time) }
        while let step = next {
            let sent = now()
            do throws(KubernetesError) {
                let stored = try await perform(step)
                next = state.withLock { state in
                    if case .read = step { return state.election.read(stored, at: now(), time) }
                    state.election.written(stored ?? .null, sent: sent)
                    return nil
                }
                if step != .read { return .leads }
            } catch {
                next = failed(step, error)
                if next == nil { return .failed }
            }
        }
        return .waits
    }

    /// Sends `step`; nil when there is no lease to read.
    private func perform(_ step: LeaderElection.Step) async throws(KubernetesError) -> JSONValue? {
        switch step {
        case .read:
            do throws(KubernetesError) {
                return try await api.get(.leases, lease)
            } catch {
                guard error.isNotFound else { throw error }
                return nil
            }
        case .create(let new): return try await api.create(.leases, new, namespace: lease.namespace)
        case .replace(let new): return try await api.update(.leases, lease, new, subresource: nil)
        }
    }

    private func failed(_ step: LeaderElection.Step, _ error: KubernetesError) -> LeaderElection.Step? {
        // That another one was faster is no failure of anything.
        let isRace = error.isConflict || error.isAlreadyExists
        if !isRace, !Task.isCancelled {
            logger.warning("lease not renewed", metadata: ["error.message": "\(error)"])
        }
        return state.withLock { state in
            if !isRace { state.figures.failures += 1 }
            return state.election.failed()
        }
    }

    /// Hands the lease over where it is ours.
    private func release() async {
        guard state.withLock({ $0.election.isLeading }) else { return }
        // Cancelled as we may be, this call is still to be made.
        await Task { await handOver() }.value
        state.withLock { $0.election.stopLeading() }
    }

    private func handOver() async {
        do throws(KubernetesError) {
            if let known = state.withLock({ $0.election.stored }), try await handOver(known) { return }
            // Written by us without our having heard of it, or by somebody else.
            _ = try await handOver(api.get(.leases, lease))
        } catch {
            logger.warning("lease not handed over", metadata: ["error.message": "\(error)"])
        }
    }

    /// Whether the lease `found` is still the one that is stored; it is released where it is ours.
    private func handOver(_ found: JSONValue) async throws(KubernetesError) -> Bool {
        let time = clock.now()
        guard let released = state.withLock({ $0.election.released(found, at: time) }) else { return true }
        do throws(KubernetesError) {
            _ = try await api.update(.leases, lease, released, subresource: nil)
            return true
        } catch {
            guard error.isConflict else { throw error }
            return false
        }
    }
}
