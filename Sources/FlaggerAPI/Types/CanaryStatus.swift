package import JSON
package import Platform

/// All that the loop remembers of a Canary.
///
/// Source: Flagger's `status`; `checks`, `lastCheckTime`, `lastStepTime`, `mirrorWeight`, `strategy` and the report are our own.
package struct CanaryStatus: Hashable, Sendable {
    /// Where the Canary stands.
    package var phase: CanaryPhase = .new
    /// The canary's share of the traffic that the loop decided on, in percent.
    package var canaryWeight = 0
    /// Percent of the requests that are copied to the canary, as the loop decided.
    package var mirrorWeight = 0
    /// The checks of a blue/green or A/B test that this run has come to.
    package var iterations = 0
    /// What the weight and the checks of this run count in; nil where it was not written down.
    package var strategy: CanaryAnalysis.Strategy.Kind?
    /// The failed checks of this run.
    package var failedChecks = 0
    /// The revision that is, or was last, analysed.
    package var lastAppliedSpec = ""
    /// The revision that the primary was last given.
    package var lastPromotedSpec = ""
    /// When the status last changed.
    package var lastTransitionTime: Timestamp?
    /// The condition `Promoted`.
    package var promoted: PromotedCondition?
    /// Conditions of other types, kept as they are.
    package var otherConditions: [JSONValue] = []
    /// The records of the last round of checks.
    package var checks: [CheckRecord] = []
    /// When that round was; the next is due an interval later.
    ///
    /// Nil when none was made yet.
    package var lastCheckTime: Timestamp?
    /// The digests of the ConfigMaps and Secrets that are part of the revision `lastAppliedSpec`, by `configmap/name` and
    /// `secret/name`; nil when they were never looked at.
    package var trackedConfigs: [String: String]?
    /// The changes by hand that are asked for at present.
    package var breakGlass: [BreakGlassUse] = []
    /// When the run came to where it stands in its analysis or promotion.
    package var lastStepTime: Timestamp?
    /// What is said for people and tools, and never read again.
    package var report = CanaryReport()

    /// The status of a new Canary.
    package init() {}

    init(_ field: CanaryField) throws(CanaryParseError) {
        let name = try field["phase"].text() ?? ""
        guard let phase = CanaryPhase(rawValue: name) else {
            throw field["phase"].mismatch(
                CanaryPhase.allCases.map(\.rawValue).filter { !$0.isEmpty }.joined(separator: ", ")
            )
        }
        self.phase = phase
        canaryWeight = try field["canaryWeight"].int(in: 0...100) ?? 0
        mirrorWeight = try field["mirrorWeight"].int(in: 0...100) ?? 0
        // Flagger writes -1 where a canary by weight waits for its promotion.
        iterations = max(0, try field["iterations"].int(in: -1...Int(Int32.max)) ?? 0)
        strategy = try Self.strategy(field["strategy"])
        failedChecks = try field["failedChecks"].int(in: 0...Int(Int32.max)) ?? 0
        lastAppliedSpec = try field["lastAppliedSpec"].text() ?? ""
        lastPromotedSpec = try field["lastPromotedSpec"].text() ?? ""
        lastTransitionTime = try field["lastTransitionTime"].timestamp()
        lastCheckTime = try field["lastCheckTime"].timestamp()
        lastStepTime = try field["lastStepTime"].timestamp()
        report = try CanaryReport(field)
        let own = [PromotedCondition.type] + StatusCondition.Kind.allCases.map(\.rawValue)
        for condition in try field["conditions"].elements() {
            let type = try condition["type"].text() ?? ""
            if type == PromotedCondition.type {
                promoted = try PromotedCondition(condition)
            } else if !own.contains(type), let value = condition.value {
                otherConditions.append(value)
            }
        }
        for check in try field["checks"].elements() { checks.append(try CheckRecord(check)) }
        if field["trackedConfigs"].value != nil {
            trackedConfigs = Dictionary(
                try field["trackedConfigs"].textMap().map { ($0.name, $0.text) },
                uniquingKeysWith: { _, last in last }
            )
        }
        for use in try field["breakGlass"].elements() { breakGlass.append(try BreakGlassUse(use)) }
    }

    private static func strategy(_ field: CanaryField) throws(CanaryParseError) -> CanaryAnalysis.Strategy.Kind? {
        guard let name = try field.text(), !name.isEmpty else { return nil }
        guard let kind = CanaryAnalysis.Strategy.Kind(rawValue: name) else {
            throw field.mismatch(CanaryAnalysis.Strategy.Kind.allCases.map(\.rawValue).joined(separator: ", "))
        }
        return kind
    }

    /// Whether a rollback has been decided on and written down.
    package var isRollingBack: Bool { checks.contains { $0.follows == .rollBack } }

    /// Goes over to `phase` at `time`; the condition `Promoted` follows.
    package mutating func enter(_ phase: CanaryPhase, kind: String, at time: Timestamp) {
        self.phase = phase
        lastTransitionTime = time
        promoted = PromotedCondition(following: promoted, phase: phase, kind: kind, time: time)
    }

    /// The status as a merge patch writes it: what is empty is null, so that it is taken away.
    package var json: JSONValue {
        var conditions = otherConditions
        if let promoted { conditions.append(promoted.json) }
        conditions += report.conditions.map(\.json)
        var json = memory
        json["conditions"] = .array(conditions)
        for (name, value) in report.members { json[name] = value }
        return json
    }

    /// What decisions rest on: the status without the report and the conditions.
    package var memory: JSONValue {
        [
            "phase": .string(phase.rawValue),
            "canaryWeight": .number(JSONNumber(canaryWeight)),
            "mirrorWeight": mirrorWeight == 0 ? .null : .number(JSONNumber(mirrorWeight)),
            "failedChecks": .number(JSONNumber(failedChecks)),
            "iterations": .number(JSONNumber(iterations)),
            "strategy": strategy.map { .string($0.rawValue) } ?? .null,
            "lastAppliedSpec": lastAppliedSpec.isEmpty ? .null : .string(lastAppliedSpec),
            "lastPromotedSpec": lastPromotedSpec.isEmpty ? .null : .string(lastPromotedSpec),
            "lastTransitionTime": lastTransitionTime.map { .string($0.rfc3339) } ?? .null,
            "checks": .array(checks.map(\.json)),
            "lastCheckTime": lastCheckTime.map { .string($0.rfc3339) } ?? .null,
            "trackedConfigs": trackedConfigs.map(Self.map) ?? .null,
            "breakGlass": breakGlass.isEmpty ? .null : .array(breakGlass.map(\.json)),
            "lastStepTime": lastStepTime.map { .string($0.rfc3339) } ?? .null,
        ]
    }

    private static func map(_ entries: [String: String]) -> JSONValue {
        var object = JSONObject()
        for (name, text) in entries.sorted(by: { $0.key < $1.key }) { object[name] = .string(text) }
        return .object(object)
    }
}
