import FlaggerAPI
import Gate
import JSON
import Kubernetes
import Platform
import Rollout

/// An entry of the ledger as an apps/v1 ControllerRevision.
///
/// Its `data` cannot be changed once it is written, so what became of the revision stands in annotations.
struct LedgerEntry {
    /// How many are kept.
    static let limit = 10
    private static let verdict = "canarygate.dev/verdict"
    private static let reason = "canarygate.dev/reason"
    private static let endedAt = "canarygate.dev/ended-at"

    /// The object as it is stored.
    let object: JSONValue
    /// What it says.
    let entry: RevisionEntry

    /// The place in the order of entries.
    var number: Int { object["revision"]?.int ?? 0 }

    /// Reads `object`; nil when it is no entry of `canary`.
    init?(_ object: JSONValue, of canary: Canary) {
        let owners = object[path: "metadata", "ownerReferences"]?.array ?? []
        guard owners.contains(where: { $0["uid"]?.string == canary.object.uid }), let data = object["data"],
            let revision = data["revision"]?.string
        else { return nil }
        func time(_ text: String?) -> Timestamp? { text.flatMap { Timestamp(rfc3339: $0) } }
        self.object = object
        entry = RevisionEntry(
            revision: revision,
            change: data["change"]?.string ?? "",
            requestedBy: data["requestedBy"]?.string ?? "",
            requestedAt: time(data["requestedAt"]?.string),
            startedAt: time(data["startedAt"]?.string),
            endedAt: time(object.annotation(Self.endedAt)),
            verdict: object.annotation(Self.verdict).flatMap(RevisionEntry.Verdict.init(rawValue:)) ?? .running,
            reason: object.annotation(Self.reason) ?? "",
            template: data["template"] ?? .null
        )
    }

    /// The object that holds `entry` of `canary` in place `number`.
    static func make(_ entry: RevisionEntry, of canary: Canary, number: Int) -> JSONValue {
        var data: JSONValue = [
            "revision": .string(entry.revision), "change": .string(entry.change),
            "requestedBy": .string(entry.requestedBy),
        ]
        if let time = entry.requestedAt { data["requestedAt"] = .string(time.rfc3339) }
        if let time = entry.startedAt { data["startedAt"] = .string(time.rfc3339) }
        data["template"] = entry.template
        return [
            "apiVersion": "apps/v1", "kind": "ControllerRevision",
            "metadata": [
                "name": .string("\(canary.name.prefix(200))-\(entry.revision)-\(number)"),
                "namespace": .string(canary.namespace),
                "labels": [GateAnnotations.canary: .string(label(of: canary))],
                "annotations": annotations(of: entry), "ownerReferences": [canary.ownerReference],
            ],
            "revision": .number(JSONNumber(number)), "data": data,
        ]
    }

    /// The annotations that say what became of `entry`.
    static func annotations(of entry: RevisionEntry) -> JSONValue {
        var annotations: JSONValue = [verdict: .string(entry.verdict.rawValue)]
        if !entry.reason.isEmpty { annotations[reason] = .string(entry.reason) }
        if let time = entry.endedAt { annotations[endedAt] = .string(time.rfc3339) }
        return annotations
    }

    /// The selector of the entries of `canary`, and perhaps of another whose name begins alike.
    static func selector(of canary: Canary) -> String { "\(GateAnnotations.canary)=\(label(of: canary))" }

    /// A label has 63 characters at most and ends in a letter or digit.
    private static func label(of canary: Canary) -> String {
        var label = canary.name.prefix(63)
        while let last = label.last, !last.isLetter, !last.isNumber { label.removeLast() }
        return String(label)
    }
}
