package import Admission
import JSON
import Kubernetes
package import Platform

/// The mutating webhook on Deployments and DaemonSets that a Canary drives: a new pod template is stamped and its gate closed, so that
/// no pod of it is made before the loop lets it in; what the loop owns on the object stays as it is stored.
///
/// Registered for CREATE and UPDATE of `deployments` and `daemonsets`, and for UPDATE of `deployments/scale` in `apps`. A Deployment that
/// no Canary drives, and one whose Canary has not made its primary yet, passes untouched. The same answer is given to a
/// dry run. With the annotation `canarygate.dev/break-glass` the replicas may be set by hand by who may break the glass; no
/// template passes by it.
package struct DeploymentGate: Webhook {
    private static let kinds = ["deployments": "Deployment", "daemonsets": "DaemonSet"]

    /// The user as whom the loop asks; its own changes pass untouched.
    package let controllerUsername: String
    /// KEDA's operator, which may scale as the cluster's own autoscaler may.
    package let kedaUsername: String

    /// `/mutate/deployments`.
    package let path = "/mutate/deployments"

    /// True: it stamps.
    package let isMutating = true

    /// Ignore: no deploy waits for us; what slips through, the loop finds.
    package let failurePolicy = FailurePolicy.ignore

    /// A gate that lets `controllerUsername` pass, for example `system:serviceaccount:canarygate-system:canarygate`.
    package init(controllerUsername: String, kedaUsername: String = ControlPlane.kedaByDefault) {
        self.controllerUsername = controllerUsername
        self.kedaUsername = kedaUsername
    }

    /// The verdict on a CREATE or an UPDATE; anything else is allowed.
    package func verdict(on request: AdmissionRequest, in view: ClusterView, now: Timestamp) -> Verdict {
        guard let kind = Self.kinds[request.resource], request.username != controllerUsername,
            let namespace = request.namespace, let name = request.name, let object = request.object
        else { return .allowed }
        func driver() -> GatedCanary? { GatedCanary.driving(kind, name, namespace: namespace, in: view) }
        switch (request.operation, request.subresource) {
        case (.create, nil):
            guard let canary = driver() else { return .allowed }
            return StampedTarget(request: request, kind: kind, object: object, canary: canary, now: now).created()
        case (.update, nil):
            guard let stored = request.oldObject, stored["metadata", "deletionTimestamp"]?.string == nil,
                let canary = driver()
            else { return .allowed }
            return StampedTarget(request: request, kind: kind, object: object, canary: canary, now: now)
                .updated(from: stored, in: view)
        case (.update, "scale"):
            let replicas = object["spec", "replicas"]?.int
            guard replicas != request.oldObject?["spec", "replicas"]?.int,
                !ControlPlane.mayScale(request.username), request.username != kedaUsername, let canary = driver()
            else { return .allowed }
            return GlassCase(
                title: canary.targetTitle,
                canary: canary.name,
                namespace: namespace,
                // A Scale has no annotations of its own.
                glass: BreakGlass(on: view.object(.deployments, ObjectKey(namespace: namespace, name: name))),
                refusal: Self.scaleRefusal(canary, replicas: replicas)
            )
            .verdict(on: request, in: view, now: now)
        default:
            return .allowed
        }
    }

    private static func scaleRefusal(_ canary: GatedCanary, replicas: Int?) -> String {
        let why = "canary \(canary.name) scales deployment \(canary.target), live traffic is on \(canary.primary)"
        let byHand =
            "or, to do it by hand all the same: \(canary.kubectl) annotate deployment/\(canary.target) "
            + "\(GateAnnotations.breakGlass)='<reason>'"
        if let autoscaler = canary.autoscaler {
            return "\(why): change \(autoscaler) instead, for example with: \(canary.kubectl) edit \(autoscaler); "
                + byHand
        }
        let count = replicas.map(String.init) ?? "N"
        return "\(why): scale that instead with: "
            + "\(canary.kubectl) scale deployment/\(canary.primary) --replicas=\(count); \(byHand)"
    }
}
