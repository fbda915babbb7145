import Admission
import JSON
import Kubernetes
import Platform

extension AdmissionRequest {
    /// The verdict of `judge` on an object of `kind` that is made, changed or removed.
    ///
    /// What the cluster's own components remove is none of our concern: they have no choice.
    func verdict(on kind: ContourKind, by judge: ContourJudge, in view: ClusterView, at now: Timestamp) -> Verdict {
        if operation == .delete, subresource == nil, !ControlPlane.contains(username),
            let stored = placedOldObject
        {
            return judge.judgement(ofDeleting: stored, as: kind, in: view).verdict
        }
        guard isJudged, let object = placedObject else { return .allowed }
        return judge.judgement(of: object, as: kind, insteadOf: placedOldObject, in: view, at: now).verdict
    }
}
