package import JSON
package import Platform

/// What stands in a Canary's status for people and tools alone; no decision rests on it.
package struct CanaryReport: Hashable, Sendable {
    /// The generation of the Canary that was looked at.
    package var observedGeneration: Int?
    /// Ready, Reconciling and Stalled.
    package var conditions: [StatusCondition] = []
    /// At which step of the analysis the run is; nil when none is on its way.
    package var step: Int?
    /// How many steps there are.
    package var steps: Int?
    /// When the next checks are due.
    package var nextCheckTime: Timestamp?
    /// When the analysis ends if all goes well; nil when somebody has to say that it may go on.
    package var estimatedEndTime: Timestamp?
    /// The revision that the target holds.
    package var currentRevision = ""
    /// The canary's cookie in this run: `name=value`.
    package var canaryCookie: String?
    /// The primary's cookie in this run: `name=value`.
    package var primaryCookie: String?
    /// The last runs, newest first.
    package var history: [JSONValue] = []
    /// The last ticks, oldest first, each as JSON.
    package var journal: [String] = []

    /// A report on nothing.
    package init() {}

    init(_ field: CanaryField) throws(CanaryParseError) {
        observedGeneration = try field["observedGeneration"].int(in: 0...Int.max)
        for condition in try field["conditions"].elements() {
            if let own = try StatusCondition(condition) { conditions.append(own) }
        }
        step = try field["step"].int(in: 0...Int.max)
        steps = try field["steps"].int(in: 0...Int.max)
        nextCheckTime = try field["nextCheckTime"].timestamp()
        estimatedEndTime = try field["estimatedEndTime"].timestamp()
        currentRevision = try field["currentRevision"].text() ?? ""
        canaryCookie = try field["sessionAffinityCookie"].text()
        primaryCookie = try field["primarySessionAffinityCookie"].text()
        history = try field["history"].elements().compactMap(\.value)
        // Earlier builds wrote them as trees.
        journal = try field["journal"].elements().compactMap { $0.value.map { $0.string ?? $0.text } }
    }

    /// The fields as a merge patch writes them, `conditions` aside.
    var members: [(String, JSONValue)] {
        func number(_ value: Int?) -> JSONValue { value.map { .number(JSONNumber($0)) } ?? .null }
        func time(_ value: Timestamp?) -> JSONValue { value.map { .string($0.rfc3339) } ?? .null }
        func text(_ value: String?) -> JSONValue { value.map { .string($0) } ?? .null }
        return [
            ("observedGeneration", number(observedGeneration)),
            ("step", number(step)),
            ("steps", number(steps)),
            ("nextCheckTime", time(nextCheckTime)),
            ("estimatedEndTime", time(estimatedEndTime)),
            ("currentRevision", currentRevision.isEmpty ? .null : .string(currentRevision)),
            ("sessionAffinityCookie", text(canaryCookie)),
            ("primarySessionAffinityCookie", text(primaryCookie)),
            ("history", history.isEmpty ? .null : .array(history)),
            ("journal", journal.isEmpty ? .null : .array(journal.map { .string($0) })),
        ]
    }
}
