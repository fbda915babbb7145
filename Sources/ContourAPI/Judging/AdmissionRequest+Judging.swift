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
            let stored = oldObject.flatMap({ placed($0.value) })
        {
            return judge.judgement(ofDeleting: stored, as: kind, in: view).verdict
        }
        guard isJudged, let object = object.flatMap({ placed($0.value) }) else { return .allowed }
        let stored = oldObject.flatMap { placed($0.value) }
        return judge.judgement(of: object, as: kind, insteadOf: stored, in: view, at: now).verdict
    }

    /// The object with its name and namespace, which a review may hold outside of it alone.
    private func placed(_ object: JSONValue) -> JSONValue? {
        guard object.object != nil else { return nil }
        var value = object
        if value.name.isEmpty, let name { value[path: "metadata", "name"] = .string(name) }
        if value.namespace == nil, let namespace { value[path: "metadata", "namespace"] = .string(namespace) }
        return value
    }
}
