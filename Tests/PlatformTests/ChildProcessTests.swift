import Platform
import Testing

/// Programs that are run for what they print.
@Suite(.timeLimit(.minutes(1))) struct ChildProcessTests {
    private func shell(
        _ script: String,
        environment: [String: String] = [:],
        timeLimit: Duration = .seconds(30),
        outputLimit: Int = 1 << 20
    ) -> ChildProcess.Request {
        ChildProcess.Request(
            program: "/bin/sh",
            arguments: ["-c", script],
            environment: environment,
            timeLimit: timeLimit,
            outputLimit: outputLimit
        )
    }

    @Test func readsWhatAProgramPrints() async throws {
        let output = try await ChildProcess.output(
            of: shell("echo \"$GREETING $#\"; cat", environment: ["GREETING": "hi"])
        )
        #expect(String(decoding: output, as: UTF8.self) == "hi 0\n")
    }

    @Test func givesItItsArgumentsAndNothingOfOurEnvironment() async throws {
        var request = ChildProcess.Request(
            program: "/bin/sh",
            arguments: ["-c", "echo \"$1|$2|$HOME\"", "sh", "a b", "ä"]
        )
        #expect(String(decoding: try await ChildProcess.output(of: request), as: UTF8.self) == "a b|ä|\n")
        request.program = "sh"
        #expect(String(decoding: try await ChildProcess.output(of: request), as: UTF8.self) == "a b|ä|\n")
    }

    @Test func readsMuch() async throws {
        let output = try await ChildProcess.output(
            of: shell("i=0; while [ $i -lt 3000 ]; do echo 0123456789012345678901234567890123456789; i=$((i+1)); done")
        )
        #expect(output.count == 3_000 * 41)
    }

    @Test(arguments: [
        ("exit 3", ChildProcess.Failure.code(3), "ended with code 3"),
        ("kill -9 $$", .signal(9), "ended by signal 9"),
    ])
    func saysHowItEnded(script: String, failure: ChildProcess.Failure, text: String) async {
        await #expect(throws: failure) { try await ChildProcess.output(of: shell(script)) }
        #expect(failure.description == text)
    }

    @Test func saysThatThereIsNoSuchProgram() async {
        for program in ["/nowhere/plugin", "canarygate-no-such-program"] {
            await #expect(throws: ChildProcess.Failure.notFound) {
                try await ChildProcess.output(of: ChildProcess.Request(program: program))
            }
        }
        await #expect(throws: ChildProcess.Failure.notStarted("permission denied")) {
            try await ChildProcess.output(of: ChildProcess.Request(program: "/etc/passwd"))
        }
    }

    @Test(arguments: ["while :; do :; done", "exec >&-; while :; do :; done", "sh -c 'while :; do :; done' & wait"])
    func killsWhatTakesTooLong(script: String) async {
        let limit = Duration.milliseconds(100)
        await #expect(throws: ChildProcess.Failure.late(limit)) {
            try await ChildProcess.output(of: shell(script, timeLimit: limit))
        }
        #expect(ChildProcess.Failure.late(limit).description == "not done within 100ms, and killed")
    }

    @Test func killsWhatPrintsTooMuch() async {
        await #expect(throws: ChildProcess.Failure.tooMuch(100)) {
            try await ChildProcess.output(of: shell("while :; do echo 0123456789; done", outputLimit: 100))
        }
    }

    @Test func killsItWhenNobodyWaitsAnyMore() async {
        let request = shell("while :; do :; done")
        let running = Task { try await ChildProcess.output(of: request) }
        running.cancel()
        await #expect(throws: ChildProcess.Failure.cancelled) { try await running.value }
    }
}
