package import JSON
package import Platform

/// One reason of the loop as data: what was asked, what came back, which bound it was held against, what follows.
///
/// Kept in `status.checks`; status, events and every display print the same record.
package struct CheckRecord: Hashable, Sendable {
    /// What was looked at.
    package enum Subject: String, Hashable, Sendable {
        /// A hook was called.
        case hook
        /// A measurement was taken.
        case metric
        /// Contour's word on the route.
        case route
        /// A workload's readiness.
        case workload
        /// A place where the analysis waits.
        case pause
    }

    /// How it came out.
    package enum Outcome: String, Hashable, Sendable {
        /// As wished.
        case passed = "Passed"
        /// Measured or asked, and not as wished.
        case failed = "Failed"
        /// There was no answer to judge: no data, or nobody to ask.
        case cannotEvaluate = "CannotEvaluate"
    }

    /// What the loop does on it.
    package enum Consequence: String, Hashable, Sendable {
        /// The rollout goes on.
        case proceed = "Proceed"
        /// It counts as a failed check.
        case failedCheck = "FailedCheck"
        /// The rollout stays where it is until the answer changes.
        case hold = "Hold"
        /// The revision is rolled back.
        case rollBack = "RollBack"
        /// Nothing; it is only noted.
        case note = "Note"
    }

    /// What was looked at.
    package var subject: Subject
    /// The hook's kind, `metric`, or the object's kind: `pre-rollout`, `HTTPProxy`.
    package var kind: String
    /// The hook's, metric's or object's name.
    package var name: String
    /// What was asked: the hook's URL, the metric's window; empty when nothing was.
    package var asked: String
    /// What came back: a value with its unit, `passed`, or the words of a refusal.
    package var answered: String
    /// What it was held against: `>= 99%`; empty when there is no bound.
    package var bound: String
    /// How it came out.
    package var outcome: Outcome
    /// What follows.
    package var follows: Consequence
    /// The canary's weight at that time.
    package var weight: Int
    /// When.
    package var time: Timestamp

    package init(
        subject: Subject,
        kind: String,
        name: String,
        asked: String = "",
        answered: String,
        bound: String = "",
        outcome: Outcome,
        follows: Consequence,
        weight: Int,
        time: Timestamp
    ) {
        self.subject = subject
        self.kind = kind
        self.name = name
        self.asked = asked
        self.answered = answered
        self.bound = bound
        self.outcome = outcome
        self.follows = follows
        self.weight = weight
        self.time = time
    }

    /// One line: `metric request-success-rate: 95.00%, bound >= 99%: Failed, FailedCheck`.
    package var summary: String {
        let held = bound.isEmpty ? "" : ", bound \(bound)"
        return "\(kind) \(name): \(answered)\(held): \(outcome.rawValue), \(follows.rawValue)"
    }

    /// The record as it stands in `status.checks`.
    package var json: JSONValue {
        var object: JSONValue = [
            "subject": .string(subject.rawValue), "kind": .string(kind), "name": .string(name),
        ]
        if !asked.isEmpty { object["asked"] = .string(asked) }
        object["answered"] = .string(answered)
        if !bound.isEmpty { object["bound"] = .string(bound) }
        object["outcome"] = .string(outcome.rawValue)
        object["follows"] = .string(follows.rawValue)
        object["weight"] = .number(JSONNumber(weight))
        object["time"] = .string(time.rfc3339)
        return object
    }

    init(_ field: CanaryField) throws(CanaryParseError) {
        guard let subject = Subject(rawValue: try field["subject"].requiredText()) else {
            throw field["subject"].mismatch("hook, metric, route, workload or pause")
        }
        guard let outcome = Outcome(rawValue: try field["outcome"].requiredText()) else {
            throw field["outcome"].mismatch("Passed, Failed or CannotEvaluate")
        }
        guard let follows = Consequence(rawValue: try field["follows"].requiredText()) else {
            throw field["follows"].mismatch("Proceed, FailedCheck, Hold, RollBack or Note")
        }
        guard let time = try field["time"].timestamp() else { throw field["time"].mismatch("an RFC 3339 time") }
        self.subject = subject
        self.outcome = outcome
        self.follows = follows
        self.time = time
        kind = try field["kind"].text() ?? ""
        name = try field["name"].text() ?? ""
        asked = try field["asked"].text() ?? ""
        answered = try field["answered"].text() ?? ""
        bound = try field["bound"].text() ?? ""
        weight = try field["weight"].int(in: 0...100) ?? 0
    }
}
