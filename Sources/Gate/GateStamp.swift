import JSON

/// The gate's annotations on a Deployment, as far as they are there.
struct GateStamp: Hashable {
    var revision: String?
    var gate: String?
    var change: String?
    var requestedBy: String?
    var requestedAt: String?

    init(revision: String, gate: String, change: String, requestedBy: String, requestedAt: String) {
        self.revision = revision
        self.gate = gate
        self.change = change
        self.requestedBy = requestedBy
        self.requestedAt = requestedAt
    }

    /// What stands on `deployment`.
    init(of deployment: JSONCursor) {
        let annotations = deployment["metadata", "annotations"]
        func read(_ name: String) -> String? { annotations?[name]?.string }
        revision = read(GateAnnotations.revision)
        gate = read(GateAnnotations.gate)
        change = read(GateAnnotations.change)
        requestedBy = read(GateAnnotations.requestedBy)
        requestedAt = read(GateAnnotations.requestedAt)
    }

    /// Whether no pod of the stamped revision may be made.
    var isClosed: Bool { gate == GateAnnotations.closed }

    /// The annotations by name, in the order in which they are written; nil for one that is not there.
    var annotations: [(name: String, value: String?)] {
        [
            (GateAnnotations.revision, revision),
            (GateAnnotations.gate, gate),
            (GateAnnotations.change, change),
            (GateAnnotations.requestedBy, requestedBy),
            (GateAnnotations.requestedAt, requestedAt),
        ]
    }

    /// Whether both say the same but for the time.
    func saysTheSame(as other: GateStamp) -> Bool {
        var copy = self
        copy.requestedAt = other.requestedAt
        return copy == other
    }
}
