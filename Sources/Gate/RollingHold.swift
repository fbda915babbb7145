package import JSON
import Kubernetes

/// Keeps the pods of a DaemonSet as they are while its gate is closed: `updateStrategy` is `OnDelete`, and a note says what the
/// team has written there, which is put back when the gate opens.
///
/// It is for what `spec.paused` is on a Deployment, which a DaemonSet has not. Where the node selector keeps it from having
/// pods there is nothing to hold. What its team has set to `OnDelete` needs no help, and has no note.
///
/// Source: Kubernetes, "Perform a Rolling Update on a DaemonSet": with `OnDelete` pods of another template come only where
/// there is none, on a new node for example.
package struct RollingHold {
    /// The DaemonSet as it is sent.
    private let object: JSONCursor
    /// The strategy that the team has written, as a note, where it is not `OnDelete` itself.
    private let note: String?
    /// Whether the request brings it along, and not the hold.
    private let isSent: Bool

    private static let onDelete: JSONValue = ["type": "OnDelete"]
    private static let rolling: JSONValue = ["type": "RollingUpdate"]

    /// The hold of `object`, which takes the place of `stored` where there is one.
    init(on object: JSONCursor, insteadOf stored: JSONCursor? = nil) {
        self.object = object
        let sent = object["spec", "updateStrategy"]?.value ?? Self.rolling
        isSent = !Self.isOnDelete(sent)
        note =
            isSent
            ? sent.text : Self.note(on: object) ?? stored.flatMap { Self.note(on: $0) }
    }

    /// Makes `edits` hold it.
    ///
    /// - Returns: whether the request would have let it roll.
    func hold(_ edits: inout ObjectEdits) -> Bool {
        if isSent { edits.roll(by: Self.onDelete) }
        edits.annotate(GateAnnotations.updateStrategy, note)
        return isSent
    }

    /// Makes `edits` let it roll as its team wants.
    func release(_ edits: inout ObjectEdits) {
        if !isSent, let note { edits.roll(by: Self.strategy(note) ?? Self.rolling) }
        edits.annotate(GateAnnotations.updateStrategy, nil)
    }

    /// Whether there is a hold on `target`, as its note says.
    static func isOn(_ target: JSONCursor) -> Bool { note(on: target) != nil }

    /// The strategy to put back on `daemonSet`; nil where nothing holds it.
    package static func strategy(heldOn daemonSet: JSONValue) -> JSONValue? {
        guard let text = daemonSet.annotation(GateAnnotations.updateStrategy) else { return nil }
        return strategy(text) ?? rolling
    }

    /// Whether the team of `daemonSet` wants pods replaced by hand alone.
    package static func isByHand(_ daemonSet: JSONValue) -> Bool {
        strategy(heldOn: daemonSet) == nil && isOnDelete(daemonSet[path: "spec", "updateStrategy"] ?? rolling)
    }

    /// Whether `strategy` is the one by which pods stay until somebody removes them.
    static func isOnDelete(_ strategy: JSONValue) -> Bool { strategy["type"] == "OnDelete" }

    private static func note(on target: JSONCursor) -> String? {
        target["metadata", "annotations"]?[GateAnnotations.updateStrategy]?.string
    }

    /// What `note` says; nil where it is no strategy by which a DaemonSet rolls.
    private static func strategy(_ note: String) -> JSONValue? {
        do {
            let strategy = try JSONValue(parsing: note)
            return strategy["type"] == "RollingUpdate" ? strategy : nil
        } catch {
            return nil
        }
    }
}
