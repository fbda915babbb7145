package import Admission
import JSON
package import Platform

/// The mutating webhook on Deployments that a Canary drives: a new pod template is stamped and its gate closed, so that
/// no pod of it is made before the loop lets it in; what the loop owns on the object stays as it is stored.
///
/// Registered for UPDATE of `deployments` and of `deployments/scale` in `apps`. A Deployment that no Canary drives, and
/// one whose Canary has not made its primary yet, passes untouched. The same answer is given to a dry run.
package struct DeploymentGate: Webhook {
    /// The user as whom the loop asks; its own changes pass untouched.
    package let controllerUsername: String

    /// `/mutate/deployments`.
    package let path = "/mutate/deployments"

    /// True: it stamps.
    package let isMutating = true

    /// How old a stamp may be that this request brought along: API servers end a request after a minute, so an older
    /// one was copied, for example by `kubectl rollout undo` from a ReplicaSet.
    private static let stampLifetime = Duration.seconds(60)

    /// A gate that lets `controllerUsername` pass, for example `system:serviceaccount:canarygate-system:canarygate`.
    package init(controllerUsername: String) { self.controllerUsername = controllerUsername }

    /// The verdict on an UPDATE; anything else is allowed.
    package func verdict(on request: AdmissionRequest, in view: ClusterView, now: Timestamp) -> Verdict {
        guard request.operation == .update, request.resource == "deployments",
            request.username != controllerUsername, let namespace = request.namespace, let name = request.name,
            let object = request.object, let stored = request.oldObject
        else { return .allowed }
        switch request.subresource {
        case nil:
            guard stored["metadata"]?["deletionTimestamp"]?.string == nil,
                let canary = GatedCanary.driving(deployment: name, namespace: namespace, in: view)
            else { return .allowed }
            return verdict(on: object, stored: stored, of: canary, by: request.username, now: now)
        case "scale":
            guard object["spec"]?["replicas"]?.int != stored["spec"]?["replicas"]?.int,
                !ControlPlane.mayScale(request.username),
                let canary = GatedCanary.driving(deployment: name, namespace: namespace, in: view)
            else { return .allowed }
            return Verdict(forbidden: Self.scaleRefusal(canary, replicas: object["spec"]?["replicas"]?.int))
        default:
            return .allowed
        }
    }

    private func verdict(
        on object: JSONCursor,
        stored: JSONCursor,
        of canary: GatedCanary,
        by username: String,
        now: Timestamp
    ) -> Verdict {
        var edits = DeploymentEdits(object)
        var warnings: [String] = []
        if let change = NewTemplate(in: object, insteadOf: stored) {
            stamp(change, in: object, stored: stored, of: canary, by: username, now: now, with: &edits)
        } else {
            restore(stored, of: canary, with: &edits, warnings: &warnings)
        }
        if let replicas = stored["spec"]?["replicas"]?.int, edits.scale(to: replicas) {
            let instead = canary.autoscaler.map { "change \($0)" } ?? "scale deployment/\(canary.primary)"
            warnings.append(
                "spec.replicas stays \(replicas): canary \(canary.name) scales this target; \(instead) instead"
            )
        }
        return Verdict(patch: edits.patch, warnings: warnings.map(OneLine.warning))
    }

    /// Stamps a new template.
    ///
    /// Its gate is open only where the primary runs that template and nothing is under analysis:
    /// then there is nothing to decide.
    private func stamp(
        _ change: NewTemplate,
        in object: JSONCursor,
        stored: JSONCursor,
        of canary: GatedCanary,
        by username: String,
        now: Timestamp,
        with edits: inout DeploymentEdits
    ) {
        let isPromoted = canary.isAtRest && change.revision == canary.promotedRevision
        var stamp = GateStamp(
            revision: change.revision,
            gate: isPromoted ? GateAnnotations.open : GateAnnotations.closed,
            change: TemplateChange(from: change.old, to: change.new).text,
            requestedBy: OneLine.cut(username, to: TemplateChange.limit),
            requestedAt: now.rfc3339
        )
        let present = GateStamp(of: object)
        if present.saysTheSame(as: stamp), Self.isFresh(present.requestedAt, now: now) {
            stamp.requestedAt = present.requestedAt
        }
        _ = edits.write(stamp)
        if stamp.isClosed || GateStamp(of: stored).isClosed { _ = edits.pause(stamp.isClosed) }
    }

    /// Puts back what only the gate and the loop write.
    private func restore(
        _ stored: JSONCursor,
        of canary: GatedCanary,
        with edits: inout DeploymentEdits,
        warnings: inout [String]
    ) {
        let stamp = GateStamp(of: stored)
        if edits.write(stamp) {
            warnings.append(
                "the gate's canarygate.dev annotations stay as they were: canary \(canary.name) writes them"
            )
        }
        if stamp.isClosed, edits.pause(true) {
            warnings.append(
                "spec.paused stays true: canary \(canary.name) opens the gate of revision \(stamp.revision ?? "")"
            )
        }
    }

    private static func isFresh(_ time: String?, now: Timestamp) -> Bool {
        guard let time, let instant = Timestamp(rfc3339: time) else { return false }
        return (Duration.zero...stampLifetime).contains(now - instant)
    }

    private static func scaleRefusal(_ canary: GatedCanary, replicas: Int?) -> String {
        let why = "canary \(canary.name) scales deployment \(canary.target), live traffic is on \(canary.primary)"
        if let autoscaler = canary.autoscaler {
            return "\(why): change \(autoscaler) instead, for example with: \(canary.kubectl) edit \(autoscaler)"
        }
        let count = replicas.map(String.init) ?? "N"
        return
            "\(why): scale that instead with: \(canary.kubectl) scale deployment/\(canary.primary) --replicas=\(count)"
    }
}
