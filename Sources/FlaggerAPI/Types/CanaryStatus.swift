package import JSON
package import Platform

/// All that the loop remembers of a Canary.
///
/// Source: Flagger's `status`, and two fields of our own: `checks` and `lastCheckTime`.
package struct CanaryStatus: Hashable, Sendable {
    /// Where the Canary stands.
    package var phase: CanaryPhase = .new
    /// The canary's share of the traffic that the loop decided on, in percent.
    package var canaryWeight = 0
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
        failedChecks = try field["failedChecks"].int(in: 0...Int(Int32.max)) ?? 0
        lastAppliedSpec = try field["lastAppliedSpec"].text() ?? ""
        lastPromotedSpec = try field["lastPromotedSpec"].text() ?? ""
        lastTransitionTime = try field["lastTransitionTime"].timestamp()
        lastCheckTime = try field["lastCheckTime"].timestamp()
        for condition in try field["conditions"].elements() {
            if try condition["type"].text() == PromotedCondition.type {
                promoted = try PromotedCondition(condition)
            } else if let value = condition.value {
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
        return [
            "phase": .string(phase.rawValue),
            "canaryWeight": .number(JSONNumber(canaryWeight)),
            "failedChecks": .number(JSONNumber(failedChecks)),
            "iterations": 0,
            "lastAppliedSpec": lastAppliedSpec.isEmpty ? .null : .string(lastAppliedSpec),
            "lastPromotedSpec": lastPromotedSpec.isEmpty ? .null : .string(lastPromotedSpec),
            "lastTransitionTime": lastTransitionTime.map { .string($0.rfc3339) } ?? .null,
            "conditions": .array(conditions),
            "checks": .array(checks.map(\.json)),
            "lastCheckTime": lastCheckTime.map { .string($0.rfc3339) } ?? .null,
            "trackedConfigs": trackedConfigs.map(Self.map) ?? .null,
            "breakGlass": breakGlass.isEmpty ? .null : .array(breakGlass.map(\.json)),
        ]
    }

    private static func map(_ entries: [String: String]) -> JSONValue {
        var object = JSONObject()
        for (name, text) in entries.sorted(by: { $0.key < $1.key }) { object[name] = .string(text) }
        return .object(object)
    }
}
