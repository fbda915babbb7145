import Admission
import JSON
import Kubernetes

extension AdmissionRequest {
    /// The verdict of `judge` on an object of `kind` that is made, changed or removed.
    func verdict(on kind: FlaggerKind, by judge: Judge, in view: ClusterView) -> Verdict {
        if operation == .delete, subresource == nil, let stored = placedOldObject {
            return judge.judgement(ofDeleting: stored, as: kind, in: view).verdict
        }
        guard isJudged, let object = placedObject else { return .allowed }
        return judge.judgement(of: object, as: kind, insteadOf: oldObject?.value, sentIn: sentVersion, in: view)
            .verdict
    }

    /// The API version in which the object was sent, before the API server converted it; nil where it did not.
    var sentVersion: String? { requestVersion.map { "\(group)/\($0)" } }

    /// Whether an update changes nothing in `spec`.
    var leavesSpec: Bool {
        guard operation == .update, let new = object?["spec"], let old = oldObject?["spec"] else { return false }
        return new.isEqual(to: old)
    }
}
