import Admission
import JSON
import Kubernetes

extension AdmissionRequest {
    /// The verdict of `judge` on an object of `kind` that is made, changed or removed.
    func verdict(on kind: FlaggerKind, by judge: Judge, in view: ClusterView) -> Verdict {
        if operation == .delete, subresource == nil, let stored = oldObject.flatMap({ placed($0.value) }) {
            return judge.judgement(ofDeleting: stored, as: kind, in: view).verdict
        }
        guard isJudged, let object = judgedObject else { return .allowed }
        return judge.judgement(of: object, as: kind, insteadOf: oldObject?.value, in: view).verdict
    }

    /// The object with its name and namespace, which a review may hold outside of it alone.
    var judgedObject: JSONValue? { object.flatMap { placed($0.value) } }

    private func placed(_ object: JSONValue) -> JSONValue? {
        guard object.object != nil else { return nil }
        var value = object
        if value.name.isEmpty, let name { value[path: "metadata", "name"] = .string(name) }
        if value.namespace == nil, let namespace { value[path: "metadata", "namespace"] = .string(namespace) }
        return value
    }

    /// Whether an update changes nothing in `spec`.
    var leavesSpec: Bool {
        guard operation == .update, let new = object?["spec"], let old = oldObject?["spec"] else { return false }
        return new.isEqual(to: old)
    }
}
