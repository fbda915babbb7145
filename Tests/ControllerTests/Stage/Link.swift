import Kubernetes
import Platform
import Sandbox

@testable import Controller

/// A process's way to the cluster: it counts the calls, and at one of them something goes wrong.
///
/// Hooks, measurements and events count as calls too; watches do not.
final class Link: InterceptedAPI {
    /// Where something goes wrong, and what.
    struct Break: Hashable, Sendable {
        /// The call, counted from 1.
        let call: Int
        /// What goes wrong.
        let failure: Failure

        init(call: Int, _ failure: Failure) {
            self.call = call
            self.failure = failure
        }
    }

    /// What becomes of a call.
    enum Fate: Hashable {
        case happens
        case fails(Failure)
        /// Nobody is there who could make it.
        case isDead
    }

    private struct State {
        var calls: [String] = []
        var isDead = false
        var isFenced = false
    }

    let inner: any KubernetesAPI
    private let breaking: Break?
    private let meanwhile: @Sendable (Failure, KubernetesCall?) async -> Void
    private let afterCall: @Sendable (String) -> Void
    private let state = Locked(State())

    /// A way to `cluster`.
    ///
    /// - Parameters:
    ///   - cluster: where the calls go.
    ///   - breaking: what goes wrong at which call.
    ///   - meanwhile: what others do while the call that fails is on its way; nil for the call where it is none to the
    ///     cluster.
    ///   - afterCall: called after each call that changes something.
    init(
        _ cluster: InMemoryCluster,
        breaking: Break?,
        meanwhile: @escaping @Sendable (Failure, KubernetesCall?) async -> Void = { _, _ in },
        afterCall: @escaping @Sendable (String) -> Void
    ) {
        inner = cluster
        self.breaking = breaking
        self.meanwhile = meanwhile
        self.afterCall = afterCall
    }

    /// What was called, in order.
    var calls: [String] { state.withLock { $0.calls } }

    /// Whether the process is no more.
    var isDead: Bool { state.withLock { $0.isDead } }

    /// Whether it has come to the call at which something goes wrong.
    var isBroken: Bool { breaking.map { $0.call <= calls.count } ?? false }

    /// Counts a call and says what becomes of it.
    func fate(of operation: String) -> Fate {
        let breaking = breaking
        return state.withLock { state in
            guard !state.isDead else { return .isDead }
            state.calls.append(operation)
            guard let breaking, state.calls.count == breaking.call else { return .happens }
            state.isDead = breaking.failure.isDeath
            if breaking.failure == .fenced { state.isFenced = true }
            return .fails(breaking.failure)
        }
    }

    /// Lets the others do what they do while a call that fails is on its way.
    func wait(_ failure: Failure, _ call: KubernetesCall? = nil) async { await meanwhile(failure, call) }

    func pass<Answer: Sendable>(
        _ call: KubernetesCall,
        _ make: @escaping @Sendable () async throws(KubernetesError) -> Answer
    ) async throws(KubernetesError) -> Answer {
        guard call.verb != .watch else { return try await make() }
        let operation = call.description
        switch fate(of: operation) {
        case .isDead: throw Failure.deathBefore.error(operation)
        case .happens:
            let isRefused = state.withLock { $0.isFenced } && !call.verb.isRead
            if isRefused { throw .notLeading(operation, Self.lease) }
            return try await made(call, make)
        case .fails(let failure): return try await failed(failure, call, make)
        }
    }

    private static let lease = ObjectKey(namespace: "canarygate-system", name: "canarygate")

    private func made<Answer: Sendable>(
        _ call: KubernetesCall,
        _ make: @Sendable () async throws(KubernetesError) -> Answer
    ) async throws(KubernetesError) -> Answer {
        let answer = try await make()
        if !call.verb.isRead { afterCall(call.description) }
        return answer
    }

    private func failed<Answer: Sendable>(
        _ failure: Failure,
        _ call: KubernetesCall,
        _ make: @Sendable () async throws(KubernetesError) -> Answer
    ) async throws(KubernetesError) -> Answer {
        let operation = call.description
        if failure.isBefore { throw failure.error(operation) }
        await wait(failure, call)
        if failure == .fenced, !call.verb.isRead { throw .notLeading(operation, Self.lease) }
        // Somebody else has made it already.
        if failure == .conflict, call.verb == .create { _ = try await made(call, make) }
        let answer = try await made(call, make)
        if failure.losesAnswer { throw failure.error(operation) }
        return answer
    }
}

extension String {
    /// Whether a call of that name only looks.
    var isRead: Bool { hasPrefix("get ") || hasPrefix("list ") }

    /// Whether a call of that name asks a hook or takes a measurement.
    var isQuestion: Bool { hasPrefix("ask ") }

    /// Whether a call of that name tells some news.
    var isNews: Bool { hasPrefix("tell ") }

    /// Whether a call of that name may change something.
    var isWrite: Bool { !isRead && !isQuestion && !isNews }
}
