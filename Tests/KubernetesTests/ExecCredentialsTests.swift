import JSON
import Platform
import TestSupport
import Testing

@testable import Kubernetes

/// What a credential plugin is asked, and what becomes of its answer.
@Suite(.timeLimit(.minutes(1))) struct ExecCredentialsTests {
    private static let version = "client.authentication.k8s.io/v1"
    private let clock = ManualClock()
    private let requests = Locked<[ChildProcess.Request]>([])

    private var plugin: ExecPlugin {
        var plugin = ExecPlugin(
            apiVersion: Self.version,
            command: "aws",
            place: KubeconfigError(path: "/c", context: "a", field: "users[u].user.exec", reason: "")
        )
        plugin.arguments = ["get-token"]
        plugin.environment = ["PROFILE": "prod"]
        return plugin
    }

    private static func answer(_ status: JSONValue, version: String = version) -> [UInt8] {
        let value: JSONValue = ["kind": "ExecCredential", "apiVersion": .string(version), "status": status]
        return value.serialized
    }

    private static func token(_ token: String, until time: String? = nil) -> Result<[UInt8], ChildProcess.Failure> {
        var status: JSONValue = ["token": .string(token)]
        status["expirationTimestamp"] = time.map { .string($0) }
        return .success(answer(status))
    }

    /// Credentials of a plugin that prints `answers` one after the other.
    private func credentials(
        _ answers: [Result<[UInt8], ChildProcess.Failure>],
        plugin: ExecPlugin? = nil,
        isTerminal: Bool = false
    ) -> ExecCredentials {
        let rest = Locked(answers)
        return ExecCredentials(
            plugin: plugin ?? self.plugin,
            environment: ["HOME": "/root", "PROFILE": "test"],
            isTerminal: isTerminal,
            clock: clock
        ) { [requests] request throws(ChildProcess.Failure) in
            requests.withLock { $0.append(request) }
            let answer = rest.withLock { rest in rest.isEmpty ? nil : rest.removeFirst() }
            return try answer?.get() ?? []
        }
    }

    private func text(_ credentials: ExecCredentials) async -> String {
        do { return try await credentials.authorization() ?? "none" } catch { return "\(error)" }
    }

    @Test func asksThePlugin() async throws {
        var plugin = plugin
        plugin.cluster = ["server": "https://api"]
        #expect(await text(credentials([Self.token("t")], plugin: plugin)) == "Bearer t")
        let info: JSONValue = [
            "kind": "ExecCredential", "apiVersion": .string(Self.version),
            "spec": ["cluster": ["server": "https://api"], "interactive": false],
        ]
        #expect(
            requests.withLock { $0 } == [
                ChildProcess.Request(
                    program: "aws",
                    arguments: ["get-token"],
                    environment: ["HOME": "/root", "PROFILE": "prod", "KUBERNETES_EXEC_INFO": info.text],
                    readsInput: false,
                    timeLimit: .seconds(60)
                )
            ]
        )
    }

    @Test(arguments: [
        (ExecPlugin.InteractiveMode.never, true, false), (.ifAvailable, true, true), (.ifAvailable, false, false),
        (.always, true, true),
    ])
    func asksSomebodyWhereItMay(_ mode: ExecPlugin.InteractiveMode, isTerminal: Bool, reads: Bool) async throws {
        var plugin = plugin
        plugin.interactiveMode = mode
        _ = await text(credentials([Self.token("t")], plugin: plugin, isTerminal: isTerminal))
        let request = try #require(requests.withLock { $0.first })
        #expect(request.readsInput == reads)
        #expect(request.timeLimit == .seconds(reads ? 300 : 60))
        #expect(request.environment["KUBERNETES_EXEC_INFO"]?.hasSuffix("\"spec\":{\"interactive\":\(reads)}}") == true)
    }

    @Test func asksAgainWhenTheTokenHasRunOut() async {
        let credentials = credentials([Self.token("one", until: "2026-11-25T04:10:00Z"), Self.token("two")])
        #expect(await text(credentials) == "Bearer one")
        clock.advance(by: .seconds(599))
        #expect(await text(credentials) == "Bearer one")
        clock.advance(by: .seconds(1))
        #expect(await text(credentials) == "Bearer two")
        clock.advance(by: .seconds(1_000_000))
        #expect(await text(credentials) == "Bearer two")
        #expect(requests.withLock { $0.count } == 2)
    }

    @Test func asksAgainWhenTheTokenIsRefused() async {
        let credentials = credentials([Self.token("one"), Self.token("two"), Self.token("two")])
        #expect(await text(credentials) == "Bearer one")
        #expect(await credentials.hasAnother(than: "Bearer one"))
        // A call that was under way with the old one needs no run of its own.
        #expect(await credentials.hasAnother(than: "Bearer one"))
        #expect(await text(credentials) == "Bearer two")
        #expect(requests.withLock { $0.count } == 2)
        #expect(!(await credentials.hasAnother(than: "Bearer two")))
        #expect(requests.withLock { $0.count } == 3)
    }

    @Test func runsOnceForAllWhoAskAtOnce() async {
        let credentials = credentials([Self.token("one"), Self.token("two")])
        let all = await withTaskGroup(of: String.self) { group in
            for _ in 0..<8 { group.addTask { await text(credentials) } }
            return await group.reduce(into: Set<String>()) { $0.insert($1) }
        }
        #expect(all == ["Bearer one"])
        #expect(requests.withLock { $0.count } == 1)
    }

    @Test func givesACertificate() async throws {
        let status: JSONValue = ["clientCertificateData": "cert", "clientKeyData": "key"]
        let credentials = credentials([.success(Self.answer(status))])
        let credential = try await credentials.credential()
        #expect(credential.certificate == Array("cert".utf8) && credential.key == Array("key".utf8))
        #expect(try await credentials.authorization() == nil)
    }

    @Test(
        arguments: [
            (.failure(.notFound), "no such program; install aws first"),
            (.failure(.code(2)), "ended with code 2"),
            (.failure(.late(.seconds(60))), "not done within 1m0s, and killed"),
            (.success(Array("secret".utf8)), "its output is no JSON, expected an ExecCredential"),
            (
                .success(answer(["token": "t"], version: "client.authentication.k8s.io/v1beta1")),
                "its output is no ExecCredential of client.authentication.k8s.io/v1"
            ),
            (
                .success(answer(["token": ""])),
                "status: neither token nor clientCertificateData, expected one of them"
            ),
            (
                .success(answer(["clientCertificateData": "c"])),
                "status.clientKeyData: missing, expected a certificate and its key together"
            ),
            (token("t", until: "soon"), "status.expirationTimestamp: expected a time as RFC 3339 has it"),
            (
                token("t", until: "2026-11-25T04:00:00Z"),
                "status.expirationTimestamp: has passed, expected a time to come"
            ),
        ] as [(Result<[UInt8], ChildProcess.Failure>, String)]
    )
    func saysWhatIsWrong(answer: Result<[UInt8], ChildProcess.Failure>, reason: String) async {
        var plugin = plugin
        plugin.installHint = "install aws\nfirst"
        let expected = "load kubeconfig /c, context a, users[u].user.exec: aws: \(reason)"
        #expect(await text(credentials([answer], plugin: plugin)) == expected)
    }

    @Test func wantsSomebodyAtATerminal() async {
        var plugin = plugin
        plugin.interactiveMode = .always
        let text = await text(credentials([Self.token("t")], plugin: plugin))
        #expect(text.hasSuffix("aws: wants to ask somebody, and standard input is no terminal"))
        #expect(requests.withLock { $0.isEmpty })
    }

    @Test func doesNotRunAgainRightAfterAFailure() async {
        let credentials = credentials([.failure(.code(1)), Self.token("one")])
        let first = await text(credentials)
        clock.advance(by: .milliseconds(4_999))
        #expect(await text(credentials) == first)
        #expect(!(await credentials.hasAnother(than: nil)))
        #expect(requests.withLock { $0.count } == 1)
        clock.advance(by: .milliseconds(1))
        #expect(await text(credentials) == "Bearer one")
    }

    // MARK: Cancellation

    /// Credentials of a plugin that prints nothing until it is killed or `release` is fulfilled, and whose runs are told
    /// to `events`.
    private func hanging(
        _ events: AsyncStream<String>.Continuation,
        until release: AsyncStream<Void>,
        then answer: Result<[UInt8], ChildProcess.Failure> = token("late")
    ) -> ExecCredentials {
        ExecCredentials(plugin: plugin, environment: [:], isTerminal: false, clock: clock) {
            (_) async throws(ChildProcess.Failure) in
            events.yield("run")
            // Ends with the task, too.
            for await _ in release { break }
            guard !Task.isCancelled else {
                events.yield("killed")
                throw .cancelled
            }
            return try answer.get()
        }
    }

    @Test func aPluginThatNobodyWaitsForIsKilled() async throws {
        let (events, log) = AsyncStream<String>.makeStream()
        let (release, releasing) = AsyncStream<Void>.makeStream()
        let credentials = hanging(log, until: release)
        var next = events.makeAsyncIterator()
        let calls = (1...2).map { _ in Task { try await credentials.authorization() } }
        #expect(await next.next() == "run")
        for call in calls {
            call.cancel()
            await #expect(throws: CancellationError.self) { try await call.value }
        }
        #expect(await next.next() == "killed")
        // It was no failure, after which there would be a pause.
        let call = Task { try await credentials.authorization() }
        #expect(await next.next() == "run")
        releasing.finish()
        #expect(try await call.value == "Bearer late")
    }

    @Test func whoIsCancelledLeavesTheOthersWaiting() async throws {
        let (events, log) = AsyncStream<String>.makeStream()
        let (release, releasing) = AsyncStream<Void>.makeStream()
        let credentials = hanging(log, until: release)
        var next = events.makeAsyncIterator()
        let first = Task { try await credentials.authorization() }
        #expect(await next.next() == "run")
        let second = Task { try await credentials.authorization() }
        let refused = Task { await credentials.hasAnother(than: nil) }
        while await credentials.waiterCount < 3 { await Task.yield() }
        first.cancel()
        await #expect(throws: CancellationError.self) { try await first.value }
        #expect(await credentials.waiterCount == 2)
        releasing.yield()
        #expect(try await second.value == "Bearer late")
        #expect(await refused.value)
        log.finish()
        #expect(await next.next() == nil)
    }

    @Test func whoIsCancelledAlreadyRunsNothing() async {
        let credentials = credentials([Self.token("t")])
        let call = Task {
            withUnsafeCurrentTask { $0?.cancel() }
            return try await credentials.authorization()
        }
        await #expect(throws: CancellationError.self) { try await call.value }
        #expect(requests.withLock { $0.isEmpty })
    }

    @Test func aRealProgramThatHangsHoldsNobodyUp() async throws {
        var plugin = plugin
        // Bounded, so that nothing is left behind where it is not killed.
        plugin.command = "sleep"
        plugin.arguments = ["50"]
        let credentials = ExecCredentials(
            plugin: plugin,
            environment: ProcessEnvironment.variables,
            isTerminal: false,
            clock: clock
        )
        let start = ContinuousClock.now
        let call = Task { try await credentials.authorization() }
        while await credentials.waiterCount == 0 { await Task.yield() }
        call.cancel()
        await #expect(throws: CancellationError.self) { try await call.value }
        #expect(ContinuousClock.now - start < .seconds(20))
    }

    @Test func runsARealProgram() async throws {
        let folder = try TemporaryFolder()
        try folder.write(
            """
            case "$KUBERNETES_EXEC_INFO" in *'"interactive":false'*) ;; *) exit 9 ;; esac
            echo '{"kind":"ExecCredential","apiVersion":"\(Self.version)","status":{"token":"'$1-$PROFILE'"}}'
            """,
            to: "plugin"
        )
        var plugin = plugin
        plugin.command = "sh"
        plugin.arguments = ["\(folder.path)/plugin", "given"]
        let credentials = ExecCredentials(
            plugin: plugin,
            environment: ProcessEnvironment.variables,
            isTerminal: false,
            clock: clock
        )
        #expect(await text(credentials) == "Bearer given-prod")
    }
}
