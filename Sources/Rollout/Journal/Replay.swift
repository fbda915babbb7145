import FlaggerAPI
package import JSON
import Platform

/// A decision made once more from an entry of a journal.
package struct Replay: Sendable {
    /// What the loop did then.
    package let recorded: JSONValue
    /// What it would do now.
    package let decided: JSONValue

    /// Whether both are the same.
    package var agrees: Bool { recorded == decided }

    /// Decides on `entry`, a line of a journal, or a tick of `status.journal` with the `canary` that it stands in.
    ///
    /// - Throws: `ReplayError` when the entry lacks something, or the Canary cannot be read.
    package init(_ entry: JSONValue, of canary: JSONValue? = nil) throws(ReplayError) {
        let spec = entry["spec"] ?? canary?["spec"]
        guard let spec, let did = entry["did"] else { throw ReplayError("the entry has no spec or no decision") }
        if entry["spec"] == nil, entry["generation"] != canary?[path: "metadata", "generation"] {
            throw ReplayError("the spec of the Canary is another one by now than that of the entry")
        }
        recorded = did
        var object: JSONValue = [
            "metadata": [
                "name": entry["name"] ?? canary?[path: "metadata", "name"] ?? "",
                "namespace": entry["namespace"] ?? canary?[path: "metadata", "namespace"] ?? "default",
                "annotations": [:],
            ],
            "spec": spec,
            "status": entry["from"] ?? [:],
        ]
        object[path: "metadata", "generation"] = entry["generation"]
        object[path: "metadata", "annotations", CanaryPause.annotation] = entry[path: "saw", "resume"]
        if entry[path: "saw", "isDeleting"] == true { object[path: "metadata", "deletionTimestamp"] = entry["time"] }
        let read: Canary
        do { read = try Canary(object) } catch { throw ReplayError("\(error)") }
        let observation = try Observation(journal: entry, of: read)
        switch Rollout.decide(observation) {
        case .act(let step): decided = step.json(after: read.status)
        case .ask(let questions):
            let names = questions.map { question in
                switch question {
                case .hook(let hook, _, _): hook.name
                case .metric(let metric): metric.name
                }
            }
            decided = ["asks": .array(names.map { .string($0) })]
        }
    }
}

/// Why an entry of a journal says too little for the decision to be made again.
package struct ReplayError: Error, CustomStringConvertible {
    /// The words.
    package let description: String

    init(_ description: String) { self.description = description }
}
