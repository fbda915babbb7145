import Admission
import JSON
import Kubernetes
import Platform

/// Keeps the finalizer by which the loop hands over before a Canary goes.
///
/// It is put on at admission, as a deletion can come before the loop has seen the Canary.
struct HandoverKeeping {
    private let request: AdmissionRequest
    private let loop: String

    /// What to keep on the Canary that `request` is about; nil where `loop`, who may take it off, asks itself.
    init?(_ request: AdmissionRequest, loop: String) {
        guard request.resource == "canaries", request.subresource == nil, request.username != loop,
            request.operation == .create || request.operation == .update, request.object != nil
        else { return nil }
        self.request = request
        self.loop = loop
    }

    /// The change that puts it on; empty where it is there, or the Canary is on its way out.
    var patch: JSONPatch {
        guard !isLeaving, !Self.isKept(request.object), request.object?["metadata"]?.isObject == true else {
            return JSONPatch()
        }
        let finalizer = JSONValue.string(Handover.finalizer)
        guard request.object?["metadata", "finalizers"]?.elements != nil else {
            return JSONPatch([.add(JSONPointer(["metadata", "finalizers"]), [finalizer])])
        }
        return JSONPatch([.add(JSONPointer(["metadata", "finalizers", "-"]), finalizer)])
    }

    /// What the user is told who left it out of a change.
    var warnings: [String] {
        guard request.operation == .update, !isLeaving, Self.isKept(request.oldObject), !Self.isKept(request.object)
        else { return [] }
        return [
            "the finalizer \(Handover.finalizer) stays: with it the target gets its traffic back before the canary goes"
        ]
    }

    /// The verdict on taking it off a Canary that is on its way out; nil where that is not asked for.
    func verdictOnRemoval(in view: ClusterView, now: Timestamp) -> Verdict? {
        guard request.operation == .update, isLeaving, Self.isKept(request.oldObject), !Self.isKept(request.object),
            let stored = request.placedOldObject
        else { return nil }
        let namespace = stored.namespace ?? "default"
        let title = "canary/\(stored.name)"
        let kubectl = "kubectl -n \(namespace)"
        let refusal =
            "\(title): only the loop takes off the finalizer \(Handover.finalizer), when the target has its pods and "
            + "its traffic back; see how far it is with: \(kubectl) describe \(title); or, to let it go all the same: "
            + "\(kubectl) annotate \(title) \(BreakGlass.annotation)='<reason>'"
        return GlassCase(
            title: title,
            canary: stored.name,
            namespace: namespace,
            glass: BreakGlass(on: request.placedObject),
            refusal: refusal
        )
        .verdict(on: request, in: view, now: now)
    }

    /// The verdict on a broken glass that is put on the Canary, by which the loop lets it go without handing over; nil where
    /// none is.
    func verdictOnGlass(in view: ClusterView, now: Timestamp) -> Verdict? {
        guard let object = request.placedObject else { return nil }
        let glass = BreakGlass(on: object)
        guard glass.state(at: now) != .absent, glass != BreakGlass(on: request.placedOldObject) else { return nil }
        return GlassCase(
            title: "canary/\(object.name)",
            canary: object.name,
            namespace: object.namespace ?? "default",
            glass: glass,
            refusal: "canary/\(object.name)"
        )
        .verdict(on: request, in: view, now: now)
    }

    private var isLeaving: Bool {
        request.isBeingDeleted || request.oldObject?["metadata", "deletionTimestamp"]?.string != nil
    }

    private static func isKept(_ canary: JSONCursor?) -> Bool {
        canary?["metadata", "finalizers"]?.elements?.contains { $0.isString(Handover.finalizer) } ?? false
    }
}
