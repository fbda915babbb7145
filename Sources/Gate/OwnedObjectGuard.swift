package import Admission
package import Platform

/// The validating webhook on what a Canary controls: the primary and its autoscaler, generated Services and HTTPProxy.
///
/// A change by anyone but the loop is forbidden, with the command that does what was wanted.
///
/// Registered for UPDATE and DELETE of those kinds, and for UPDATE of `deployments/scale` and `canaries/status`. Let
/// through are: the cluster's own controllers; objects whose Canary is gone or going; labels, foreign annotations and
/// finalizers; on an HTTPProxy all but what `GeneratedRoutes` names; replicas of the primary above 0; and
/// anything, with a warning, on an object with the annotation `canarygate.dev/break-glass`.
///
/// Registered for CREATE of Deployments too: one whose pods the Services would take for the Canary's is forbidden; and so
/// is to lead a Service elsewhere that was there before its Canary.
package struct OwnedObjectGuard: Webhook {
    /// The user as whom the loop asks.
    package let controllerUsername: String

    /// `/validate/owned`.
    package let path = "/validate/owned"

    /// False: it only judges.
    package let isMutating = false

    /// Ignore: no deploy waits for us; what slips through, the loop finds.
    package let failurePolicy = FailurePolicy.ignore

    /// A guard that lets `controllerUsername` pass, for example `system:serviceaccount:canarygate-system:canarygate`.
    package init(controllerUsername: String) { self.controllerUsername = controllerUsername }

    /// The verdict on a CREATE, UPDATE or DELETE; anything else is allowed.
    package func verdict(on request: AdmissionRequest, in view: ClusterView, now: Timestamp) -> Verdict {
        guard request.operation != .connect, request.username != controllerUsername,
            !ControlPlane.contains(request.username)
        else { return .allowed }
        if let edit = StatusEdit(request) { return edit.verdict }
        if request.operation != .create, let owned = OwnedObject(request, in: view) { return verdict(on: owned) }
        return MistakenPods(request, in: view)?.verdict ?? AdoptedService(request, in: view)?.verdict ?? .allowed
    }

    private func verdict(on owned: OwnedObject) -> Verdict {
        guard let change = owned.change else { return .allowed }
        if let reason = owned.breakGlass {
            return Verdict(warnings: [OneLine.warning("break-glass on \(owned.title): \(reason)")])
        }
        if case .replicas(let count) = change, count > 0 { return owned.rescaled(to: count) }
        return Verdict(forbidden: owned.refusal(of: change))
    }
}

extension OwnedObject {
    /// The primary may be scaled by hand; where it has an autoscaler that will not last.
    fileprivate func rescaled(to count: Int) -> Verdict {
        guard let autoscaler = canary.autoscaler else { return .allowed }
        return Verdict(warnings: [
            OneLine.warning(
                "\(title) goes to \(count) replicas until its autoscaler acts: change \(autoscaler) to keep it"
            )
        ])
    }
}
