import Admission
import JSON
import Kubernetes
import Platform

/// The removal of what a live Canary rolls out.
struct TargetRemoval {
    private static let kinds = ["deployments": "Deployment", "daemonsets": "DaemonSet", "services": "Service"]

    private let canary: GatedCanary
    private let glass: BreakGlass

    /// The removal that `request` is; nil when it is none, or no Canary that has made its primary drives the object.
    init?(_ request: AdmissionRequest, in view: ClusterView) {
        guard request.operation == .delete, request.subresource == nil, let kind = Self.kinds[request.resource],
            let stored = request.placedOldObject, let namespace = stored.namespace,
            stored[path: "metadata", "deletionTimestamp"]?.string == nil,
            let canary = GatedCanary.driving(kind, stored.name, namespace: namespace, in: view)
        else { return nil }
        self.canary = canary
        glass = BreakGlass(on: stored)
    }

    /// Forbidden, but for a broken glass.
    var glassCase: GlassCase {
        let title = canary.targetTitle
        return GlassCase(
            title: title,
            canary: canary.name,
            namespace: canary.namespace,
            glass: glass,
            refusal:
                "\(title) is the target of canary \(canary.name), which would have nothing to roll out and nothing to "
                + "give the traffic back to; instead run: \(canary.kubectl) delete canary/\(canary.name), wait until it "
                + "is gone, and delete \(title) then; or, to do it by hand all the same: "
                + "\(canary.kubectl) annotate \(title) \(GateAnnotations.breakGlass)='<reason>'"
        )
    }
}
