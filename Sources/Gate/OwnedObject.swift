import Admission
import JSON
import Kubernetes

/// An object that a live Canary owns and someone wants to change or remove.
struct OwnedObject {
    /// The Canary.
    let canary: GatedCanary
    /// The plural of its kind, such as `deployments`.
    let resource: String
    /// The object's name.
    let name: String
    /// The object as it is stored.
    let stored: JSONValue
    /// The object as it is sent; nil when it is to be removed.
    ///
    /// For `scale` only `spec.replicas` is in it.
    let sent: JSONValue?
    /// Whether only replicas are asked for.
    let isScale: Bool

    /// The object that `request` is about, when a Canary that is there and not on its way out controls it.
    init?(_ request: AdmissionRequest, in view: ClusterView) {
        isScale = request.subresource == "scale"
        guard request.subresource == nil || isScale, let namespace = request.namespace else { return nil }
        let key = ObjectKey(namespace: namespace, name: request.name ?? "")
        let scaled = isScale && request.resource == "deployments" ? view.object(.deployments, key) : nil
        let metadata = isScale ? scaled?["metadata"] : request.oldObject?["metadata"]?.value
        guard let metadata, metadata["deletionTimestamp"]?.string == nil,
            let owner = Self.controller(metadata["ownerReferences"]),
            let canary = owner.canary(in: namespace, of: view),
            canary[path: "metadata", "deletionTimestamp"]?.string == nil
        else { return nil }
        self.canary = GatedCanary(canary)
        resource = request.resource
        name = metadata["name"]?.string ?? key.name
        stored = scaled ?? request.oldObject?.value ?? .null
        sent = request.operation == .delete ? nil : request.object?.value
    }

    /// The Canary that an owner reference names.
    private struct Owner: Equatable {
        let name: String
        let uid: String

        /// That Canary, while it is there.
        ///
        /// The loop goes by the uid, so that an object with the right uid and a wrong name is one of the loop's too.
        func canary(in namespace: String, of view: ClusterView) -> JSONValue? {
            if let named = view.object(.canaries, ObjectKey(namespace: namespace, name: name)), named.uid == uid {
                return named
            }
            return view.objects(.canaries, namespace: namespace).first { $0.uid == uid }
        }
    }

    /// The Canary among the owner references that is the controller.
    private static func controller(_ references: JSONValue?) -> Owner? {
        let owner = references?.array?.first {
            $0["controller"]?.bool == true && $0["kind"]?.string == "Canary"
                && $0["apiVersion"]?.string?.hasPrefix("flagger.app/") == true
        }
        guard let owner, let name = owner["name"]?.string, let uid = owner["uid"]?.string else { return nil }
        return Owner(name: name, uid: uid)
    }

    /// The object as kubectl names it, `deployment/podinfo-primary`.
    var title: String {
        let kinds = [
            "deployments": "deployment", "services": "service", "horizontalpodautoscalers": "hpa",
            "httpproxies": "httpproxy", "configmaps": "configmap", "secrets": "secret", "daemonsets": "daemonset",
            "scaledobjects": "scaledobject", "poddisruptionbudgets": "pdb",
        ]
        return "\(kinds[resource] ?? resource)/\(name)"
    }

    /// Why a change by hand is to be let through.
    ///
    /// It counts as it is sent, and as it is stored where nothing of it is sent (a removal, a `scale`).
    var glass: BreakGlass { BreakGlass(on: isScale ? stored : sent ?? stored) }

    /// That `change` is forbidden, but for a broken glass.
    func glassCase(of change: Change) -> GlassCase {
        GlassCase(
            title: title,
            canary: canary.name,
            namespace: canary.namespace,
            glass: glass,
            refusal: refusal(of: change)
        )
    }
}

extension OwnedObject {
    /// What of the loop's is to be changed.
    enum Change {
        /// The object is to go.
        case removal
        /// The Canary is no longer to be its owner.
        case ownership
        /// Annotations that only the loop writes.
        case annotations
        /// Nothing but the number of replicas.
        case replicas(Int)
        /// A workload's pod template.
        case template(TemplateChange)
        /// What of an HTTPProxy belongs to the rollout.
        case route(GeneratedRoutes.Part)
        /// Something else that the loop writes.
        case spec
    }

    /// What of the loop's is to be changed; nil when the change is none of its business: labels, other annotations,
    /// finalizers, and on an HTTPProxy everything but what `GeneratedRoutes` names.
    var change: Change? {
        guard let sent else { return .removal }
        if isScale {
            let replicas = sent[path: "spec", "replicas"]?.int ?? 0
            return replicas == stored[path: "spec", "replicas"]?.int ?? 1 ? nil : .replicas(replicas)
        }
        if Self.controller(sent[path: "metadata", "ownerReferences"])
            != Self.controller(stored[path: "metadata", "ownerReferences"])
        {
            return .ownership
        }
        if loopAnnotations(of: sent) != loopAnnotations(of: stored) { return .annotations }
        switch resource {
        case "httpproxies":
            let routes = GeneratedRoutes(stored, of: canary)
            return routes.change(to: GeneratedRoutes(sent, of: canary)).map { .route($0) }
        case "deployments", "daemonsets": return workloadChange(to: sent)
        default: return content(of: sent) == content(of: stored) ? nil : .spec
        }
    }

    private func workloadChange(to sent: JSONValue) -> Change? {
        let (new, old) = (sent["spec"] ?? .null, stored["spec"] ?? .null)
        guard new != old else { return nil }
        let (template, storedTemplate) = (new["template"] ?? .null, old["template"] ?? .null)
        if CanonicalTemplate.of(template) != CanonicalTemplate.of(storedTemplate) {
            return .template(TemplateChange(from: storedTemplate, to: template))
        }
        var scaled = old
        scaled["replicas"] = new["replicas"]
        guard scaled == new, let replicas = new["replicas"]?.int else { return .spec }
        return .replicas(replicas)
    }

    /// Everything but metadata and status: a Service's spec, a ConfigMap's data.
    private func content(of object: JSONValue) -> JSONValue {
        var content = object
        content["metadata"] = nil
        content["status"] = nil
        return content
    }

    private func loopAnnotations(of object: JSONValue) -> [String: JSONValue] {
        let all = object[path: "metadata", "annotations"]?.object ?? JSONObject()
        let glass = [GateAnnotations.breakGlass, GateAnnotations.breakGlassUntil]
        let own = all.filter { $0.key.hasPrefix("canarygate.dev/") && !glass.contains($0.key) }
        return Dictionary(uniqueKeysWithValues: own.map { ($0.key, $0.value) })
    }
}
