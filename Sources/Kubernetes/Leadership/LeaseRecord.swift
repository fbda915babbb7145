import JSON
import Platform

/// What a Lease says of its holder.
///
/// The times are kept as they were written; they are for people, and no two clocks are compared by them.
struct LeaseRecord: Hashable, Sendable {
    /// Who holds it; empty when it was released.
    var holder: String
    /// How long it is good after a renewal, in seconds.
    var durationSeconds: Int
    /// When its holder acquired it, as a MicroTime.
    var acquireTime: String?
    /// When it was last renewed, as a MicroTime.
    var renewTime: String?
    /// How often it changed hands.
    var transitions: Int

    /// A record; acquired and renewed at `time`.
    init(holder: String, durationSeconds: Int, transitions: Int, at time: Timestamp) {
        self.holder = holder
        self.durationSeconds = durationSeconds
        self.transitions = transitions
        acquireTime = time.rfc3339Micro
        renewTime = acquireTime
    }

    /// What `lease` says.
    init(_ lease: JSONValue) {
        let spec = lease["spec"]
        holder = spec?["holderIdentity"]?.string ?? ""
        durationSeconds = spec?["leaseDurationSeconds"]?.int ?? 0
        acquireTime = spec?["acquireTime"]?.string
        renewTime = spec?["renewTime"]?.string
        transitions = spec?["leaseTransitions"]?.int ?? 0
    }

    /// `lease` with this record; what else it holds stays.
    func written(into lease: JSONValue) -> JSONValue {
        var lease = lease
        lease[path: "spec", "holderIdentity"] = .string(holder)
        lease[path: "spec", "leaseDurationSeconds"] = .number(JSONNumber(durationSeconds))
        lease[path: "spec", "acquireTime"] = acquireTime.map { .string($0) }
        lease[path: "spec", "renewTime"] = renewTime.map { .string($0) }
        lease[path: "spec", "leaseTransitions"] = .number(JSONNumber(transitions))
        return lease
    }
}
