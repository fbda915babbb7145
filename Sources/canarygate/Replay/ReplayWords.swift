import JSON
import Platform

/// A replayed entry as people read it: what stood, was seen and was answered; what was found and done; where it differs.
enum ReplayWords {
    /// Columns of the word before each line.
    private static let margin = 10
    /// Characters of a line at most, far above any sentence of the loop's.
    private static let widest = 500

    /// The entry's lines, each ended.
    static func text(of replayed: ReplayedEntry) -> String {
        let entry = replayed.entry
        let time = entry.value["time"]?.string ?? ""
        let verdict = replayed.agrees ? "decided as written" : "decided otherwise"
        var lines = ["\(entry.place): \(entry.label) at \(time): \(verdict)"]
        let did = entry.value["did"] ?? .null
        lines += section("before", [standing(entry.value["from"] ?? .null)])
        lines += section("saw", SightWords.lines(of: entry.value["saw"] ?? .null))
        lines += section("asked", (entry.value["asked"]?.array ?? []).map(question))
        lines += section("found", (did[path: "recorded", "checks"]?.array ?? []).map(check))
        lines += section("wrote", recorded(did["recorded"]))
        lines += section("did", (did["actions"]?.array ?? []).compactMap(\.string))
        lines += section("said", (did["events"]?.array ?? []).compactMap(\.string))
        lines += section("next", [next(did["next"]?.string ?? "")])
        lines += section("differs", replayed.differences.map(\.words))
        return lines.map { $0 + "\n" }.joined()
    }

    /// `lines` with `title` before the first; nothing where there are none.
    private static func section(_ title: String, _ lines: [String]) -> [String] {
        lines.enumerated().map { index, line in
            let word = index == 0 ? "  \(title)" : ""
            return word + String(repeating: " ", count: margin - word.count) + OneLine.cut(line, to: widest)
        }
    }

    /// `Progressing, weight 20, 1 failed check`.
    private static func standing(_ status: JSONValue) -> String {
        let phase = status["phase"]?.string ?? ""
        var parts = [phase.isEmpty ? "a new Canary" : phase]
        for (name, word) in [("canaryWeight", "weight"), ("mirrorWeight", "mirrored"), ("iterations", "iteration")] {
            if let number = status[name]?.int, number > 0 { parts.append("\(word) \(number)") }
        }
        if let failed = status["failedChecks"]?.int, failed > 0 {
            parts.append("\(failed) failed \(failed == 1 ? "check" : "checks")")
        }
        return parts.joined(separator: ", ")
    }

    /// `metric request-success-rate: 99.9`, `rollout hook load-test: refused: not now`.
    private static func question(_ asked: JSONValue) -> String {
        let name = asked["name"]?.string ?? ""
        let subject = asked["metric"] == nil ? "\(asked["kind"]?.string ?? "") hook" : "metric"
        return "\(subject) \(name): \(answer(asked["answer"] ?? .null))"
    }

    private static func answer(_ answer: JSONValue) -> String {
        if let word = answer.string { return word }
        if let value = answer["value"] { return value.string ?? value.text }
        for word in ["refused", "unavailable"] {
            if let reason = answer[word]?.string { return reason.isEmpty ? word : "\(word): \(reason)" }
        }
        return answer.text
    }

    /// `metric request-success-rate: 95.00%, bound >= 99%: Failed, FailedCheck`.
    private static func check(_ record: JSONValue) -> String {
        func text(_ name: String) -> String { record[name]?.string ?? "" }
        let held = text("bound").isEmpty ? "" : ", bound \(text("bound"))"
        return "\(text("kind")) \(text("name")): \(text("answered"))\(held): \(text("outcome")), \(text("follows"))"
    }

    /// What changed in the status but for the checks, in a line.
    private static func recorded(_ changes: JSONValue?) -> [String] {
        let parts = (changes?.object ?? JSONObject()).filter { $0.key != "checks" }
            .map { "\($0.key) \($0.value.string ?? $0.value.text)" }
        return parts.isEmpty ? [] : [parts.joined(separator: ", ")]
    }

    private static func next(_ text: String) -> String {
        text == "now" ? "look again at once" : "look again in \(text)"
    }
}
