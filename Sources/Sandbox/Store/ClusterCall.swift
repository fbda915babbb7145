import JSON
import Kubernetes
import Platform

/// One call in progress: what its errors name, and when it happens.
struct ClusterCall {
    let operation: String
    let type: ResourceType
    let time: Timestamp
    /// Whether it is a PUT.
    var isUpdate = false
    /// Whether the kind keeps its status apart; nil where only its name tells.
    var declaresStatus: Bool?

    /// Whether the kind comes from a CustomResourceDefinition.
    var isCustom: Bool { type.group.contains(".") && !type.group.hasSuffix(".k8s.io") }

    /// Whether the kind keeps its status apart.
    var hasStatus: Bool {
        declaresStatus
            ?? ![
                "configmaps", "secrets", "events", "endpoints", "serviceaccounts", "controllerrevisions", "leases",
                "validatingwebhookconfigurations", "mutatingwebhookconfigurations",
            ]
            .contains(type.plural)
    }

    /// Where the Scale is, for a custom kind that has one.
    var customScale: ScalePaths?

    /// Where the Scale is; nil for a kind without.
    var scalePaths: ScalePaths? {
        if let customScale { return customScale }
        let isWorkload = type.group == "apps" && ["deployments", "replicasets", "statefulsets"].contains(type.plural)
        return isWorkload || type.plural == "replicationcontrollers" ? .workload : nil
    }

    /// Whether the kind has the subresource `scale`.
    var hasScale: Bool { scalePaths != nil }

    /// Whether the server counts the changes of an object's spec in `generation`.
    var hasGeneration: Bool { !Self.uncounted.contains(type.qualifiedPlural) }

    private static let uncounted: Set = [
        "horizontalpodautoscalers.autoscaling", "leases.coordination.k8s.io", "limitranges", "namespaces", "nodes",
        "persistentvolumeclaims",
        "persistentvolumes", "resourcequotas", "services",
    ]

    /// 404.
    func notFound(_ name: String) -> KubernetesError { .notFound(operation, type, name) }

    /// The answer to a path that the server does not have.
    func notServed() -> KubernetesError {
        failure(404, "NotFound", "the server could not find the requested resource")
    }

    /// 409 for a name that is taken.
    func alreadyExists(_ name: String) -> KubernetesError {
        failure(409, "AlreadyExists", "\(type.qualifiedPlural) \"\(name)\" already exists", name: name)
    }

    /// 409 for an object that is not as the call takes it to be; it has changed, unless `problem` says otherwise.
    func conflict(_ name: String, _ problem: String? = nil) -> KubernetesError {
        let problem =
            problem ?? "the object has been modified; please apply your changes to the latest version and try again"
        let message = "Operation cannot be fulfilled on \(type.qualifiedPlural) \"\(name)\": \(problem)"
        return failure(409, "Conflict", message, name: name)
    }

    /// 409 for `object`, which is another than the one with the uid that the call names.
    func conflict(_ object: JSONValue, uid: String) -> KubernetesError {
        let problem = "UID in precondition: \(uid), UID in object meta: \(object.uid)"
        return conflict(object.name, "Precondition failed: \(problem)")
    }

    /// 409 for a deletion of `object`, of which the call wants `field` to be `wanted`, and finds `found`.
    func unmet(_ field: String, _ wanted: String, _ found: String, of object: JSONValue) -> KubernetesError {
        let mismatch = "the \(field) in the precondition (\(wanted)) does not match the \(field) in record (\(found))"
        let guess = field == "UID" ? "been deleted and then recreated" : "been modified"
        let problem = "\(mismatch). The object might have \(guess)"
        let kind = type.group.isEmpty ? type.kind : "\(type.kind).\(type.group)"
        let message = "Operation cannot be fulfilled on \(kind) \"\(object.name)\": \(problem)"
        return .answer(
            operation,
            code: 409,
            reason: "Conflict",
            message,
            details: type.details(name: object.name, kind: type.kind)
        )
    }

    /// 422 for one fault.
    func invalid(_ name: String, _ cause: FieldCause) -> KubernetesError {
        .invalid(operation, type, name: name, causes: [cause])
    }

    /// 400.
    func badRequest(_ message: String) -> KubernetesError { failure(400, "BadRequest", message) }

    /// Any other answer.
    func failure(_ code: Int, _ reason: String, _ message: String, name: String? = nil) -> KubernetesError {
        .answer(operation, code: code, reason: reason, message, details: name.map { type.details(name: $0) })
    }

    /// `object` after `patch`, with the answer of the real server to one that does not apply.
    func applying(_ patch: Patch, to object: JSONValue) throws(KubernetesError) -> JSONValue {
        switch patch {
        case .merge(let changes): return object.merging(changes)
        case .json(let changes):
            do { return try changes.applied(to: object) } catch {
                throw .inapplicable(operation)
            }
        }
    }
}
