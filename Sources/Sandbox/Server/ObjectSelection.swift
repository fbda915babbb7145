import HTTP
import JSON
import Kubernetes

/// Which objects of a kind a list or a watch is about.
struct ObjectSelection: Sendable {
    private let namespace: String?
    private let name: String?
    private let labels: LabelSelector
    private let fields: FieldSelector

    /// What `call` selects by path and query.
    ///
    /// - Throws: the 400 for a selector that cannot be read.
    init(_ call: APICall) throws(KubernetesError) {
        let text = call.query["labelSelector"] ?? ""
        guard let labels = LabelSelector(text) else {
            throw .badRequest("unable to parse requirement: \(text)")
        }
        self.labels = labels
        fields = try FieldSelector(call.query["fieldSelector"] ?? "", for: call.kind)
        namespace = call.path.namespace
        name = call.path.name
    }

    /// Whether labels or fields decide.
    var leavesOut: Bool { !labels.requirements.isEmpty || !fields.isEmpty }

    /// Whether `object` is among them.
    func contains(_ object: JSONValue) -> Bool {
        guard namespace == nil || object.namespace == namespace, name == nil || object.name == name else {
            return false
        }
        return labels.matches(object.labels) && fields.matches(object)
    }
}
