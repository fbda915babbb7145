import Admission
import JSON
import Kubernetes
import Platform

/// A Service that was there before its Canary, which leads it to the primary, and that somebody leads elsewhere.
///
/// It is the team's, so all but its selector may be changed.
struct AdoptedService {
    private let canary: GatedCanary
    private let name: String
    private let glass: BreakGlass

    /// The change that `request` is; nil when it leaves the selector, or the Service leads not to the primary.
    init?(_ request: AdmissionRequest, in view: ClusterView) {
        guard request.resource == "services", request.subresource == nil, request.operation == .update,
            let namespace = request.namespace, let name = request.name,
            let sent = request.object?.value, let stored = request.oldObject?["spec", "selector"]?.value,
            sent[path: "spec", "selector"] ?? .null != stored
        else { return nil }
        let owners = view.objects(.canaries, namespace: namespace).map(GatedCanary.init)
            // Of a target that is a Service the selector is the revision, and changed by its team.
            .filter { $0.isPastInitialisation && $0.apex == name && $0.targetKind != "Service" }
            .sorted { $0.name < $1.name }
        guard let canary = owners.first else { return nil }
        let key = ObjectKey(namespace: namespace, name: "\(canary.apex)-primary")
        guard view.object(.services, key)?[path: "spec", "selector"] == stored else { return nil }
        self.canary = canary
        self.name = name
        glass = BreakGlass(on: sent)
    }

    /// Forbidden, but for a broken glass.
    var glassCase: GlassCase {
        GlassCase(
            title: "service/\(name)",
            canary: canary.name,
            namespace: canary.namespace,
            glass: glass,
            refusal: "service/\(name): canary \(canary.name) has it lead to \(canary.primary), and with another "
                + "selector its callers would get pods that no analysis has seen, or none; instead keep spec.selector "
                + "as it is stored, or leave the Service out of what you apply; or, to do it all the same: "
                + "\(canary.kubectl) annotate service/\(name) \(GateAnnotations.breakGlass)='<reason>'"
        )
    }
}
