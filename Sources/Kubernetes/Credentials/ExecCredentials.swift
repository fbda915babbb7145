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
    private let run: Runner
    private var known: ExecCredential?
    private var failure: (error: KubeconfigError, time: Timestamp)?
    private var running: Task<Result<ExecCredential, KubeconfigError>, Never>?

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
        self.run = run
    }

    /// The credential, which is good now.
    ///
    /// - Throws: `KubeconfigError` that names the file, the context and the field.
    func credential() async throws(KubeconfigError) -> ExecCredential {
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
        do throws(KubeconfigError) {
            return try await renewed() != refused
        } catch {
            return false
        }
    }

    /// Runs the plugin, or waits for the run that is under way.
    private func renewed() async throws(KubeconfigError) -> ExecCredential {
        if let running { return try await running.value.get() }
        let task = Task { await attempt() }
        running = task
        let result = await task.value
        running = nil
        switch result {
        case .success(let credential):
            known = credential
            failure = nil
        case .failure(let error): failure = (error, clock.now())
        }
        return try result.get()
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
            output = try await run(request)
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
