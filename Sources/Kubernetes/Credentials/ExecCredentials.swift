import JSON
import Platform

/// The credentials that a plugin gives, asked for when they are needed, have run out, or were refused.
actor ExecCredentials: CredentialSource {
    /// Runs a program and returns what it prints.
    typealias Runner = @Sendable (ChildProcess.Request) async throws(ChildProcess.Failure) -> [UInt8]

    /// How long a plugin may take; and where it asks somebody, who must find a phone first.
    static let timeLimits = (alone: Duration.seconds(60), asking: Duration.seconds(300))
    /// How long after a failure it is not run again: informers and the loop would all do so at once.
    static let pause: Duration = .seconds(5)

    private let plugin: ExecPlugin
    private let environment: [String: String]
    private let isTerminal: Bool
    private let clock: any WallClock
    private let runner: Runner
    private var known: ExecCredential?
    private var failure: (error: KubeconfigError, time: Timestamp)?
    /// The run that is under way, or that was given up and may not be gone yet.
    private var running: Task<Void, Never>?
    /// Who waits for the run: nobody without one.
    private var waiters: [Int: CheckedContinuation<ExecCredential, any Error>] = [:]
    private var lastWaiter = 0

    /// How many wait for a run.
    var waiterCount: Int { waiters.count }

    /// The credentials of `plugin`, which gets `environment` and its own, and may ask who is at a terminal where
    /// `isTerminal`.
    init(
        plugin: ExecPlugin,
        environment: [String: String],
        isTerminal: Bool,
        clock: any WallClock,
        run: @escaping Runner = { request throws(ChildProcess.Failure) in try await ChildProcess.output(of: request) }
    ) {
        self.plugin = plugin
        self.environment = environment
        self.isTerminal = isTerminal
        self.clock = clock
        runner = run
    }

    /// The credential, which is good now.
    ///
    /// - Throws: `KubeconfigError` that names the file, the context and the field, and `CancellationError` when the task
    ///   was cancelled.
    func credential() async throws -> ExecCredential {
        let now = clock.now()
        if let known, known.isGood(at: now) { return known }
        if let failure, now - failure.time < Self.pause { throw failure.error }
        return try await renewed()
    }

    func authorization() async throws -> String? { try await credential().token.map { "Bearer \($0)" } }

    func hasAnother(than authorization: String?) async -> Bool {
        let refused = known
        // Somebody else has asked for it since.
        if let token = refused?.token, authorization != "Bearer \(token)" { return true }
        if let failure, clock.now() - failure.time < Self.pause { return false }
        do {
            return try await renewed() != refused
        } catch {
            return false
        }
    }

    // MARK: Running

    /// Runs the plugin, or waits for the run that is under way.
    ///
    /// The run is nobody's own: it goes on while anybody waits for it, and whoever is cancelled leaves at once.
    private func renewed() async throws -> ExecCredential {
        try Task.checkCancellation()
        lastWaiter += 1
        let number = lastWaiter
        return try await withTaskCancellationHandler {
            try await withCheckedThrowingContinuation { waiter in join(waiter, number) }
        } onCancel: {
            // Comes after the line above, which suspends only when the waiter is known.
            Task { await self.leave(number) }
        }
    }

    private func join(_ waiter: CheckedContinuation<ExecCredential, any Error>, _ number: Int) {
        if waiters.isEmpty {
            running = Task { [running] in
                // One at a time: they may ask somebody, or write to a cache of theirs.
                await running?.value
                await run()
            }
        }
        waiters[number] = waiter
    }

    private func leave(_ number: Int) {
        guard let waiter = waiters.removeValue(forKey: number) else { return }
        if waiters.isEmpty { running?.cancel() }
        waiter.resume(throwing: CancellationError())
    }

    /// Runs the plugin for those who wait.
    private func run() async {
        guard !Task.isCancelled else { return }
        let result = await attempt()
        // Given up: others may wait by now, but for the next run; and that it was killed is no fault of the plugin.
        guard !Task.isCancelled else { return }
        running = nil
        switch result {
        case .success(let credential):
            known = credential
            failure = nil
        case .failure(let error): failure = (error, clock.now())
        }
        let waiting = waiters.values
        waiters = [:]
        for waiter in waiting { waiter.resume(with: result) }
    }

    private func attempt() async -> Result<ExecCredential, KubeconfigError> {
        do throws(KubeconfigError) {
            return .success(try await asked())
        } catch {
            return .failure(error)
        }
    }

    @inline(never)
    private func asked() async throws(KubeconfigError) -> ExecCredential {
        let asks = isTerminal && plugin.interactiveMode != .never
        guard asks || plugin.interactiveMode != .always else {
            throw plugin.failure("wants to ask somebody, and standard input is no terminal")
        }
        var variables = environment.merging(plugin.environment) { _, own in own }
        variables["KUBERNETES_EXEC_INFO"] = plugin.info(isInteractive: asks).text
        let request = ChildProcess.Request(
            program: plugin.command,
            arguments: plugin.arguments,
            environment: variables,
            readsInput: asks,
            timeLimit: asks ? Self.timeLimits.asking : Self.timeLimits.alone
        )
        let output: [UInt8]
        do throws(ChildProcess.Failure) {
            output = try await runner(request)
        } catch {
            let hint = error == .notFound ? plugin.installHint.map { "; \(OneLine.cut($0, to: 300))" } : nil
            throw plugin.failure("\(error)\(hint ?? "")")
        }
        let credential = try ExecCredential(output, of: plugin)
        guard credential.isGood(at: clock.now()) else {
            throw plugin.failure("status.expirationTimestamp: has passed, expected a time to come")
        }
        return credential
    }
}
