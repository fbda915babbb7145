package import Admission
import JSON
package import Platform

/// The validating webhook on what a Canary controls: the primary, its autoscaler, budget, ConfigMaps and Secrets, generated
/// Services and HTTPProxy.
///
/// A change by anyone but the loop is forbidden, with the command that does what was wanted.
///
/// Registered for UPDATE and DELETE of those kinds, and for UPDATE of `deployments/scale` and `canaries/status`. Let
/// through are: the cluster's own controllers, and KEDA's; objects whose Canary is gone or going; labels, foreign
/// annotations and finalizers; on an HTTPProxy all but what `GeneratedRoutes` names; replicas of the primary above 0; and
/// anything, with a warning, on an object with the annotation `canarygate.dev/break-glass` by who may break the glass.
///
/// Registered for CREATE of Deployments too: one whose pods the Services would take for the Canary's is forbidden; and so
/// is to lead a Service elsewhere that was there before its Canary, and to delete the target of a live Canary.
package struct OwnedObjectGuard: Webhook {
    /// The user as whom the loop asks.
    package let controllerUsername: String
    /// KEDA's operator.
    package let kedaUsername: String

    /// `/validate/owned`.
    package let path = "/validate/owned"

    /// False: it only judges.
    package let isMutating = false

    /// Ignore: no deploy waits for us; what slips through, the loop finds.
    package let failurePolicy = FailurePolicy.ignore

    /// A guard that lets `controllerUsername` pass, for example `system:serviceaccount:canarygate-system:canarygate`.
    package init(controllerUsername: String, kedaUsername: String = ControlPlane.kedaByDefault) {
        self.controllerUsername = controllerUsername
        self.kedaUsername = kedaUsername
    }

    /// The verdict on a CREATE, UPDATE or DELETE; anything else is allowed.
    package func verdict(on request: AdmissionRequest, in view: ClusterView, now: Timestamp) -> Verdict {
        guard request.operation != .connect, request.username != controllerUsername,
            request.username != kedaUsername, !ControlPlane.contains(request.username)
        else { return .allowed }
        if let complaint = Self.complaint(about: request) { return Verdict(forbidden: complaint) }
        if let edit = StatusEdit(request) { return edit.glassCase.verdict(on: request, in: view, now: now) }
        if request.operation != .create, let owned = OwnedObject(request, in: view) {
            return verdict(on: owned, request, view, now)
        }
        let found =
            TargetRemoval(request, in: view)?.glassCase ?? MistakenPods(request, in: view)?.glassCase
            ?? AdoptedService(request, in: view)?.glassCase
        return found?.verdict(on: request, in: view, now: now) ?? .allowed
    }

    private func verdict(
        on owned: OwnedObject,
        _ request: AdmissionRequest,
        _ view: ClusterView,
        _ now: Timestamp
    ) -> Verdict {
        guard let change = owned.change else { return .allowed }
        if case .replicas(let count) = change, count > 0 { return owned.rescaled(to: count) }
        return owned.glassCase(of: change).verdict(on: request, in: view, now: now)
    }

    /// What is wrong with an end of a break-glass that `request` writes; nil where nothing is.
    private static func complaint(about request: AdmissionRequest) -> String? {
        guard request.operation != .delete, request.subresource == nil,
            let end = BreakGlass(among: request.object?["metadata", "annotations"]).malformedEnd,
            BreakGlass(among: request.oldObject?["metadata", "annotations"]).malformedEnd != end
        else { return nil }
        return BreakGlass.complaint(about: end)
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
