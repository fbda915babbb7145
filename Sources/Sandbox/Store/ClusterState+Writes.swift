import JSON
import Kubernetes

/// Creating and changing as the API server checks it.
extension ClusterState {
    mutating func create(
        _ object: JSONValue,
        namespace: String?,
        _ call: ClusterCall
    ) throws(KubernetesError) -> JSONValue {
        try checkServed(call)
        var object = object
        try checkKind(object, call)
        guard object.resourceVersion.isEmpty else {
            throw call.failure(500, "", "resourceVersion should not be set on objects to be created")
        }
        if call.type.isNamespaced {
            guard let namespace, object.namespace == nil || object.namespace == namespace else {
                let problem = "the namespace of the provided object does not match the namespace sent on the request"
                throw call.failure(400, "BadRequest", problem)
            }
            object[path: "metadata", "namespace"] = .string(namespace)
        } else {
            object[path: "metadata", "namespace"] = nil
        }
        if object.name.isEmpty, let prefix = object[path: "metadata", "generateName"]?.string, !prefix.isEmpty {
            let digits = String(takeNumber(), radix: 36)
            object[path: "metadata", "name"] = .string(
                prefix + String(repeating: "x", count: max(0, 5 - digits.count)) + digits
            )
        }
        try checkMetadata(object, call)
        guard objects[Kind(call.type)]?[object.key] == nil else { throw call.alreadyExists(object.name) }
        for field in ["uid", "creationTimestamp", "generation", "deletionTimestamp", "selfLink"] {
            object[path: "metadata", field] = nil
        }
        if call.hasStatus { object["status"] = nil }
        return store(completed(object, call), call)
    }

    /// Makes of the object at `key`, or of its subresource, what `change` makes of it.
    mutating func change(
        _ key: ObjectKey,
        subresource: String?,
        _ call: ClusterCall,
        _ change: (JSONValue) throws(KubernetesError) -> JSONValue
    ) throws(KubernetesError) -> JSONValue {
        let old = try stored(key, call)
        switch subresource {
        case nil:
            return try replace(old, with: change(old), call)
        case "status" where call.hasStatus:
            let proposed = try change(old)
            try checkIdentity(proposed, old, call)
            var new = old
            new["status"] = proposed["status"]
            return store(new, call)
        case "scale" where call.type.group == "apps" && ["deployments", "replicasets"].contains(call.type.plural):
            return try scale(old, call, change)
        default:
            throw call.notServed()
        }
    }

    private mutating func replace(
        _ old: JSONValue,
        with proposed: JSONValue,
        _ call: ClusterCall
    ) throws(KubernetesError) -> JSONValue {
        try checkIdentity(proposed, old, call)
        try checkMetadata(proposed, call)
        var new = proposed
        for field in [
            "uid", "creationTimestamp", "generation", "resourceVersion", "deletionTimestamp",
            "deletionGracePeriodSeconds", "namespace",
        ] {
            new[path: "metadata", field] = old[path: "metadata", field]
        }
        if call.hasStatus { new["status"] = old["status"] }
        if call.type == .deployments, old[path: "spec", "selector"] != new[path: "spec", "selector"] {
            throw call.invalid(
                old.name,
                field: "spec.selector",
                reason: "FieldValueInvalid",
                "Invalid value: \(new[path: "spec", "selector"]?.text ?? "null"): field is immutable"
            )
        }
        if new[path: "metadata", "deletionTimestamp"] != nil,
            new[path: "metadata", "finalizers"]?.array?.isEmpty ?? true
        {
            erase(new, call)
            return new
        }
        return store(new, call)
    }

    private mutating func scale(
        _ old: JSONValue,
        _ call: ClusterCall,
        _ change: (JSONValue) throws(KubernetesError) -> JSONValue
    ) throws(KubernetesError) -> JSONValue {
        let proposed = try change(Self.scale(of: old))
        guard proposed.resourceVersion.isEmpty || proposed.resourceVersion == old.resourceVersion else {
            throw call.conflict(old.name)
        }
        let replicas = proposed[path: "spec", "replicas"]?.int ?? 0
        guard replicas >= 0 else {
            throw call.invalid(
                old.name,
                field: "spec.replicas",
                reason: "FieldValueInvalid",
                "Invalid value: \(replicas): must be greater than or equal to 0"
            )
        }
        var new = old
        new[path: "spec", "replicas"] = .number(JSONNumber(replicas))
        return Self.scale(of: store(new, call))
    }

    private static func scale(of object: JSONValue) -> JSONValue {
        var scale: JSONValue = ["kind": "Scale", "apiVersion": "autoscaling/v1"]
        for field in ["name", "namespace", "uid", "resourceVersion", "creationTimestamp"] {
            scale[path: "metadata", field] = object[path: "metadata", field]
        }
        scale["spec"] = ["replicas": object[path: "spec", "replicas"] ?? 1]
        scale["status"] = ["replicas": object[path: "status", "replicas"] ?? 0]
        let labels = object[path: "spec", "selector", "matchLabels"]?.object ?? JSONObject()
        let selector = labels.map { "\($0.key)=\($0.value.string ?? "")" }.joined(separator: ",")
        if !selector.isEmpty { scale[path: "status", "selector"] = .string(selector) }
        return scale
    }

    // MARK: Checks

    private func checkKind(_ object: JSONValue, _ call: ClusterCall) throws(KubernetesError) {
        let expected = [("kind", call.type.kind), ("apiVersion", call.type.apiVersion)]
        for (field, value) in expected {
            guard let found = object[field]?.string, found != value else { continue }
            throw call.failure(
                400,
                "BadRequest",
                "the \(field) in the data (\(found)) does not match the expected \(field) (\(value))"
            )
        }
    }

    private func checkIdentity(
        _ proposed: JSONValue,
        _ old: JSONValue,
        _ call: ClusterCall
    ) throws(KubernetesError) {
        try checkKind(proposed, call)
        guard proposed.name == old.name else {
            let problem = "the name of the object (\(proposed.name)) does not match the name on the URL (\(old.name))"
            throw call.failure(400, "BadRequest", problem)
        }
        guard proposed.namespace == old.namespace || proposed.namespace == nil else {
            let problem = "the namespace of the object (\(proposed.namespace ?? "")) does not match the namespace on "
            throw call.failure(400, "BadRequest", problem + "the URL (\(old.namespace ?? ""))")
        }
        guard proposed.uid.isEmpty || proposed.uid == old.uid else {
            let problem = "Precondition failed: UID in precondition: \(proposed.uid), UID in object meta: \(old.uid)"
            throw call.conflict(old.name, problem)
        }
        if call.isUpdate, call.isCustom, proposed.resourceVersion.isEmpty {
            throw call.invalid(
                old.name,
                field: "metadata.resourceVersion",
                reason: "FieldValueInvalid",
                "Invalid value: 0: must be specified for an update"
            )
        }
        guard proposed.resourceVersion.isEmpty || proposed.resourceVersion == old.resourceVersion else {
            throw call.conflict(old.name)
        }
    }

    private func checkMetadata(_ object: JSONValue, _ call: ClusterCall) throws(KubernetesError) {
        guard !object.name.isEmpty else {
            throw call.invalid(
                "",
                field: "metadata.name",
                reason: "FieldValueRequired",
                "Required value: name or generateName is required"
            )
        }
        guard Self.isSubdomain(object.name) else {
            let problem =
                "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.'"
            throw call.invalid(
                object.name,
                field: "metadata.name",
                reason: "FieldValueInvalid",
                "Invalid value: \"\(object.name)\": \(problem)"
            )
        }
        let owners = object[path: "metadata", "ownerReferences"]?.array ?? []
        guard owners.allSatisfy({ $0["uid"]?.string?.isEmpty == false }) else {
            throw call.invalid(
                object.name,
                field: "metadata.ownerReferences.uid",
                reason: "FieldValueRequired",
                "Required value: uid must not be empty"
            )
        }
        guard owners.count(where: { $0["controller"]?.bool == true }) <= 1 else {
            throw call.invalid(
                object.name,
                field: "metadata.ownerReferences",
                reason: "FieldValueInvalid",
                "Invalid value: Only one reference can have Controller set to true"
            )
        }
    }

    private static func isSubdomain(_ name: String) -> Bool {
        guard name.utf8.count <= 253 else { return false }
        return name.split(separator: ".", omittingEmptySubsequences: false).allSatisfy { label in
            label.first != "-" && label.last != "-" && !label.isEmpty
                && label.allSatisfy { $0.isASCII && ($0.isLowercase || $0.isNumber || $0 == "-") }
        }
    }
}
