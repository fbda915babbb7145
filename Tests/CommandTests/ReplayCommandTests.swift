import ArgumentParser
import Foundation
import JSON
import TestSupport
import Testing
import canarygate

@Suite(.timeLimit(.minutes(1))) struct ReplayCommandTests {
    /// A file with lines, removed when the test ends.
    private struct File {
        private let folder: TemporaryFolder
        let path: String

        init(_ lines: [String]) throws {
            folder = try TemporaryFolder()
            path = try folder.write(lines.map { $0 + "\n" }.joined(), to: "journal.jsonl")
        }
    }

    /// The journals of a run that succeeds and of one that fails, made once.
    private static let good = Task { try await JournalRun.journal() }
    private static let bad = Task { try await JournalRun.journal(successRate: 90) }

    private func outcome(of file: File, _ arguments: String...) async throws -> LintCommand.Outcome {
        try await ReplayCommand.parse([file.path] + arguments).outcome(environment: ["KUBECONFIG": "/nowhere/config"])
    }

    /// `lines` with the one that `isMeant` changed, and its number.
    private func changed(
        _ lines: [String],
        where isMeant: (JSONValue) -> Bool,
        _ change: (inout JSONValue) -> Void
    ) throws -> (lines: [String], number: Int) {
        var values = try lines.map { try JSONValue(parsing: $0) }
        let found = values.firstIndex(where: isMeant)
        let index = try #require(found)
        change(&values[index])
        return (values.map(\.text), index + 1)
    }

    private static func isAny(_ entry: JSONValue) -> Bool { true }

    private static func movesTraffic(_ entry: JSONValue) -> Bool {
        entry[path: "did", "actions"]?[0] == "set the traffic: canary 25"
    }

    @Test(arguments: [100.0, 90]) func decidesAWholeRunAgainAsItWasWritten(successRate: Double) async throws {
        let lines = try await (successRate < 99 ? Self.bad : Self.good).value
        let file = try File(lines + [""])
        let outcome = try await outcome(of: file)
        #expect(outcome.exitCode == 0, "\(outcome.complaints)")
        #expect(outcome.complaints.isEmpty)
        let summary = "\(lines.count) entries of 1 canary: all decided as written\n"
        #expect(lines.count > 15 && outcome.output.hasSuffix(summary), "\(outcome.output)")
        let result = successRate < 99 ? "Failed" : "Passed"
        #expect(outcome.output.contains("request-success-rate: \(Int(successRate)).00%, bound >= 99%: \(result)"))
        let rest = try await self.outcome(of: file, "--differences-only")
        #expect(rest.output == summary)
    }

    @Test func tellsEachEntrysInputsVerdictAndNextAction() async throws {
        let lines = try await Self.good.value
        let (same, number) = try changed(lines, where: Self.movesTraffic) { _ in }
        let file = try File(same)
        let text = try await outcome(of: file).output
        let start = try #require(text.firstRange(of: "\(file.path):\(number): test/podinfo at "))
        let end = try #require(text[start.upperBound...].firstRange(of: "\(file.path):\(number + 1): "))
        let entry = text[start.lowerBound..<end.lowerBound]
        for line in [
            ": decided as written\n", "\n  before  Progressing\n", "\n  saw     target podinfo at ",
            "\n          primary podinfo-primary at ", "\n          route canary 0, valid\n",
            "\n  asked   pre-rollout hook acceptance-test: passed\n",
            "\n  found   pre-rollout acceptance-test: passed: Passed, Proceed\n",
            "\n  did     set the traffic: canary 25\n", "\n  said    ",
            "Advanced: Advance podinfo.test canary weight 25\n",
            "\n  next    look again ",
        ] {
            #expect(entry.contains(line), "\(line) is not in\n\(entry)")
        }
    }

    @Test func tellsThePlaceWhereADecisionIsAnotherThanWritten() async throws {
        let (lines, number) = try changed(try await Self.good.value, where: Self.movesTraffic) { entry in
            entry[path: "did", "actions"] = ["set the traffic: canary 50"]
        }
        let file = try File(lines)
        let outcome = try await outcome(of: file, "--differences-only")
        #expect(outcome.exitCode == 1)
        #expect(outcome.output.hasPrefix("\(file.path):\(number): test/podinfo at "), "\(outcome.output)")
        let difference =
            "\n  differs did.actions[0]: \"set the traffic: canary 50\" is written, "
            + "now it is \"set the traffic: canary 25\"\n"
        #expect(outcome.output.contains(difference), "\(outcome.output)")
        #expect(outcome.output.hasSuffix("\(lines.count) entries of 1 canary: 1 decided otherwise\n"))
    }

    @Test func tellsWhatAChangedInputLeadsTo() async throws {
        let lines = try await Self.good.value
        let unready = try changed(lines, where: Self.movesTraffic) { $0[path: "saw", "target", "available"] = nil }
        #expect(try await outcome(of: try File(unready.lines), "--differences-only").output.contains("differs did."))
        let unanswered = try changed(lines, where: Self.movesTraffic) { $0["asked"] = [] }
        let asked = try await outcome(of: try File(unanswered.lines), "--differences-only")
        #expect(asked.exitCode == 1)
        #expect(asked.output.contains("differs asked: nothing is written, now there is [\"acceptance-test\"]\n"))
    }

    @Test func tellsWhatElseWasSeen() async throws {
        let (lines, _) = try changed(try await Self.good.value, where: Self.movesTraffic) { entry in
            entry[path: "saw", "primaryOwner"] = "owned by HelmRelease web"
            entry[path: "saw", "autoscaler"] = ["hasSource": false, "copy": "differs", "isPaused": true]
            entry[path: "saw", "strayAutoscalers"] = ["ScaledObject old-primary.test"]
            entry[path: "saw", "gate", "breakGlass"] = [["object": "httpproxy/podinfo", "reason": "incident 7"]]
        }
        let text = try await outcome(of: try File(lines), "--differences-only").output
        for line in [
            "that the primary is owned by HelmRelease web", "the target's autoscaler missing",
            "the primary's autoscaler differs", "the target's autoscaler paused",
            "ScaledObject old-primary.test, which nobody names", "a broken glass on httpproxy/podinfo: incident 7",
        ] {
            #expect(text.contains("\n          \(line)\n"), "\(line) is not in\n\(text)")
        }
    }

    @Test func namesTheLineThatCannotBeRead() async throws {
        let lines = try await Self.good.value
        let spoilt = [lines[0], "{\"time\": oops}", "[]", "{}", String(lines[1].prefix(200)), lines[2]]
        let file = try File(spoilt)
        let outcome = try await outcome(of: file)
        #expect(outcome.exitCode == 65)
        #expect(outcome.output.hasSuffix("2 entries of 1 canary: all decided as written\n"))
        let complaints = outcome.complaints
        #expect(
            complaints.hasPrefix("\(file.path):2:10: parse JSON: expected a value\n{\"time\": oops}\n         ^\n"),
            "\(complaints)"
        )
        #expect(complaints.contains("\(file.path):3: array, expected an entry of a journal\n"), "\(complaints)")
        #expect(complaints.contains("\(file.path):4: no entry of a journal: it names no Canary\n"), "\(complaints)")
        #expect(complaints.contains("\(file.path):5:196: parse JSON: the string does not end\n"), "\(complaints)")
    }

    @Test func tellsOfAnEntryThatSaysTooLittle() async throws {
        let lines = try changed(try await Self.good.value, where: Self.isAny) { $0["spec"] = nil }.lines
        let file = try File(lines)
        let outcome = try await outcome(of: file)
        #expect(outcome.exitCode == 65)
        #expect(outcome.complaints == "\(file.path):1: replay: the entry has no spec or no decision\n")
    }

    @Test func writesEntriesForTools() async throws {
        let (lines, number) = try changed(try await Self.good.value, where: Self.movesTraffic) { entry in
            entry[path: "did", "next"] = "1h0m0s"
        }
        let file = try File(lines)
        let entries = try JSONValue(parsing: try await outcome(of: file, "-o", "json").output).array ?? []
        #expect(entries.count == lines.count)
        #expect(entries.count { $0["agrees"] == true } == lines.count - 1)
        let other = try #require(entries.first { $0["agrees"] == false })
        #expect(other["file"] == .string(file.path) && other["line"]?.int == number)
        #expect(other["namespace"] == "test" && other["name"] == "podinfo")
        #expect(other["differences"]?.array?.count == 1)
        #expect(other["differences"]?[0]?["path"] == "did.next")
        #expect(other["differences"]?[0]?["written"] == "1h0m0s")
        #expect(other["decided"] != other["written"])
        let none = try await outcome(of: try File([lines[0]]), "-o", "json", "--differences-only")
        #expect(none.output == "[]\n")
    }

    @Test func replaysTheEntriesOfOneCanary() async throws {
        let lines = try await Self.good.value
        let other = try changed(lines, where: Self.isAny) { $0["name"] = "other" }.lines
        let file = try File(other)
        let outcome = try await outcome(of: file, "--canary", "test/podinfo")
        #expect(outcome.output.hasSuffix("\(lines.count - 1) entries of 1 canary: all decided as written\n"))
        let error = await #expect(throws: ValidationError.self) {
            try await self.outcome(of: file, "--canary", "test/nobody")
        }
        #expect(error?.message == "--canary test/nobody: no entry is about it")
    }

    @Test func refusesWhatItCannotReplay() async throws {
        #expect(throws: (any Error).self) { try ReplayCommand.parse(["--canary", "podinfo"]) }
        #expect(throws: (any Error).self) { try ReplayCommand.parse(["-o", "yaml"]) }
        let missing = try await ReplayCommand.parse(["/nowhere/journal"]).outcome(environment: [:])
        #expect(missing.exitCode == 65)
        #expect(missing.complaints == "/nowhere/journal: read: no such file or directory\n")
        let unreachable = try await ReplayCommand.parse(["--canary", "test/podinfo"])
            .outcome(environment: ["KUBECONFIG": "/nowhere/config"])
        #expect(unreachable.exitCode == 69)
        #expect(
            unreachable.complaints
                == "read canary test/podinfo: load kubeconfig /nowhere/config: no such file or directory\n"
        )
        let error = await #expect(throws: ValidationError.self) { try await self.outcome(of: try File([])) }
        #expect(error?.message.hasPrefix("nothing to replay: ") == true)
    }
}
