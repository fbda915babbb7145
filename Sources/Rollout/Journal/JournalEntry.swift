import FlaggerAPI
package import JSON
import Platform

/// One tick of the loop as data: what it saw, what it asked and was answered, and what it did about it.
///
/// From the entry and the Canary's spec the decision can be made again, see `Replay`.
package struct JournalEntry: Sendable {
    /// All of it: one line of a journal.
    package let line: JSONValue
    /// What goes into `status.journal`, as a text: the spec stands in the Canary itself.
    package let tick: JSONValue

    /// The entry of `step`, which was decided on in `observation`.
    package init(_ step: Step, _ observation: Observation) {
        let canary = observation.canary
        let from = canary.status.memory.withoutNullMembers
        var head: JSONValue = ["time": .string(observation.now.rfc3339Micro)]
        if let generation = canary.object[path: "metadata", "generation"] { head["generation"] = generation }
        if observation.now.nanoseconds % 1_000 != 0 {
            head["nanoseconds"] = .number(JSONNumber(observation.now.nanoseconds))
        }
        var line = head
        line["canary"] = .string(canary.label)
        line["namespace"] = .string(canary.namespace)
        line["name"] = .string(canary.name)
        line["spec"] = canary.object["spec"] ?? .null
        var shortFrom = from
        // That they were taken away is told only where they stand.
        let losesChecks = step.record?.checks.isEmpty ?? false
        if !losesChecks, !Self.restsOnChecks(canary) { shortFrom["checks"] = nil }
        let rest: [(String, JSONValue)] = [
            ("saw", observation.sightJSON),
            ("asked", .array(observation.answersJSON)),
            ("did", step.json(after: canary.status)),
        ]
        var tick = head
        tick["from"] = shortFrom
        line["from"] = from
        for (name, value) in rest {
            tick[name] = value
            line[name] = value
        }
        self.line = line
        self.tick = tick
    }

    /// Whether the records of the round before go into the decision.
    private static func restsOnChecks(_ canary: Canary) -> Bool {
        let status = canary.status
        guard [.progressing, .waitingPromotion].contains(status.phase), !status.isRollingBack else { return true }
        return AnalysisPlan(canary).place == .start || status.checks.contains { $0.follows == .hold }
    }

    /// Ticks in `status.journal` at most.
    package static let mostTicks = 20
    /// Bytes of `status.journal` at most: the API server keeps an object of one and a half million, and each Canary is held
    /// in every cache.
    package static let mostBytes = 32_768

    /// `ticks` with this one at the end, and as many of the old ones as there is room for.
    package func appended(to ticks: [String]) -> [String] {
        var kept: [String] = []
        var bytes = 0
        for tick in (ticks + [tick.text]).reversed() {
            bytes += tick.utf8.count + 3
            if kept.count == Self.mostTicks || bytes > Self.mostBytes { break }
            kept.append(tick)
        }
        return kept.reversed()
    }
}

extension JSONValue {
    /// The object without the members that are null, whatever stands below the others.
    var withoutNullMembers: JSONValue {
        guard let members = object else { return self }
        var kept = JSONObject()
        for member in members where !member.value.isNull { kept[member.key] = member.value }
        return .object(kept)
    }
}
