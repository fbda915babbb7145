import JSON
import Platform

/// The gate's annotations on a target, or a ConfigMap or Secret that its pods read, as far as they are there.
struct GateStamp: Hashable {
    var revision: String?
    var gate: String?
    var change: String?
    var requestedBy: String?
    var requestedAt: String?
    /// The loop's own note.
    var configs: String?

    init(revision: String? = nil, gate: String? = nil, change: String, requestedBy: String, requestedAt: String) {
        self.revision = revision
        self.gate = gate
        self.change = change
        self.requestedBy = requestedBy
        self.requestedAt = requestedAt
    }

    /// What stands on `object`.
    init(of object: JSONCursor) {
        let annotations = object["metadata", "annotations"]
        func read(_ name: String) -> String? { annotations?[name]?.string }
        revision = read(GateAnnotations.revision)
        gate = read(GateAnnotations.gate)
        change = read(GateAnnotations.change)
        requestedBy = read(GateAnnotations.requestedBy)
        requestedAt = read(GateAnnotations.requestedAt)
        configs = read(GateAnnotations.configs)
    }

    /// Whether no pod of the stamped revision may be made.
    var isClosed: Bool { gate == GateAnnotations.closed }

    /// The same of the stamp on `object`, of which nothing else is read.
    static func isClosed(on object: JSONCursor) -> Bool {
        object["metadata", "annotations"]?[GateAnnotations.gate]?.isString(GateAnnotations.closed) ?? false
    }

    /// Calls `visit` with name and value of each annotation in the order in which they are written; nil for one that is
    /// not there.
    func visitAnnotations(_ visit: (_ name: String, _ value: String?) -> Void) {
        visit(GateAnnotations.revision, revision)
        visit(GateAnnotations.gate, gate)
        visit(GateAnnotations.change, change)
        visit(GateAnnotations.requestedBy, requestedBy)
        visit(GateAnnotations.requestedAt, requestedAt)
        visit(GateAnnotations.configs, configs)
    }

    /// How old a stamp may be that a request brought along: API servers end a request after a minute, so an older one
    /// was copied, for example by `kubectl rollout undo` from a ReplicaSet.
    private static let lifetime = Duration.seconds(60)

    /// This stamp; where `object` brings the same along from a moment before `now`, it is that one, so that a repeated
    /// call gives the same answer.
    func keepingTime(of object: JSONCursor, at now: Timestamp) -> GateStamp {
        let present = GateStamp(of: object)
        guard present.saysTheSame(as: self), let time = present.requestedAt, let instant = Timestamp(rfc3339: time),
            (Duration.zero...Self.lifetime).contains(now - instant)
        else { return self }
        return present
    }

    /// Whether both say the same but for the time.
    func saysTheSame(as other: GateStamp) -> Bool {
        var copy = self
        copy.requestedAt = other.requestedAt
        return copy == other
    }
}
