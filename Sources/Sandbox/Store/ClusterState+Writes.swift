import JSON
import Kubernetes

/// Creating and changing as the API server checks it.
extension ClusterState {
    mutating func create(
        _ object: JSONValue,
        namespace: String?,
        _ call: ClusterCall
    ) throws(KubernetesError) -> JSONValue {
        store(try prepared(creating: object, namespace: namespace, call), call)
    }

    /// `object` as it would be stored, but for its resource version.
    mutating func prepared(
        creating object: JSONValue,
        namespace: String?,
        _ call: ClusterCall
    ) throws(KubernetesError) -> JSONValue {
        try checkServed(call)
        var object = object
        try checkKind(object, call)
        guard object.resourceVersion.isEmpty else {
            throw call.failure(500, "", "resourceVersion should not be set on objects to be created")
        }
        object = try placed(object, namespace: namespace, call)
        if object.name.isEmpty, let prefix = object[path: "metadata", "generateName"]?.string, !prefix.isEmpty {
            object[path: "metadata", "name"] = .string(prefix.prefix(58) + SafeName.suffix(takeNumber()))
        }
        try checkMetadata(object, call)
        guard objects[Kind(call.type), object.key] == nil else { throw call.alreadyExists(object.name) }
        for field in ["uid", "creationTimestamp", "generation", "deletionTimestamp", "selfLink"] {
            object[path: "metadata", field] = nil
        }
        if call.hasStatus { object["status"] = nil }
        if call.type == .services { object["status"] = ["loadBalancer": .object(JSONObject())] }
        return marked(completed(object, call), call)
    }

    /// `object` in the namespace of the path.
    private func placed(
        _ object: JSONValue,
        namespace: String?,
        _ call: ClusterCall
    ) throws(KubernetesError) -> JSONValue {
        var object = object
        if call.type.isNamespaced {
            guard let namespace, object.namespace == nil || object.namespace == namespace else {
                let problem = "the namespace of the provided object does not match the namespace sent on the request"
                throw call.badRequest(problem)
            }
            object[path: "metadata", "namespace"] = .string(namespace)
        } else {
            object[path: "metadata", "namespace"] = nil
        }
        return object
    }

    /// Makes of the object at `key`, or of its subresource, what `change` makes of it.
    mutating func change(
        _ key: ObjectKey,
        subresource: String?,
        _ call: ClusterCall,
        _ change: (JSONValue) throws(KubernetesError) -> JSONValue
    ) throws(KubernetesError) -> JSONValue {
        let old = try stored(key, call)
        let isScale = subresource == "scale" && call.hasScale
        let proposed = try change(isScale ? Self.scale(of: old, call.scalePaths) : old)
        let new = try prepared(changing: old, to: proposed, subresource: subresource, call)
        let stored = finish(new, subresource: subresource, call)
        return isScale ? Self.scale(of: stored, call.scalePaths) : stored
    }

    /// What `old` is to be once it, or its subresource, has become `proposed`.
    func prepared(
        changing old: JSONValue,
        to proposed: JSONValue,
        subresource: String?,
        _ call: ClusterCall
    ) throws(KubernetesError) -> JSONValue {
        switch subresource {
        case nil:
            return try replaced(old, with: proposed, call)
        case "status" where call.hasStatus:
            try checkIdentity(proposed, old, call)
            var new = old
            new["status"] = proposed["status"]
            if let owners = proposed[path: "metadata", "managedFields"] {
                new[path: "metadata", "managedFields"] = owners
            }
            return new
        case "scale" where call.hasScale:
            return try scaled(old, to: proposed, call)
        default:
            throw call.notServed()
        }
    }

    /// Stores `new`, or removes it when it was only held back by the finalizers that it no longer has.
    mutating func finish(_ new: JSONValue, subresource: String?, _ call: ClusterCall) -> JSONValue {
        if subresource == nil, call.type != .namespaces, new[path: "metadata", "deletionTimestamp"] != nil,
            new[path: "metadata", "finalizers"]?.array?.isEmpty ?? true
        {
            erase(new, call)
            return new
        }
        return store(new, call)
    }

    private func replaced(
        _ old: JSONValue,
        with proposed: JSONValue,
        _ call: ClusterCall
    ) throws(KubernetesError) -> JSONValue {
        try checkIdentity(proposed, old, call)
        try checkMetadata(proposed, call)
        try checkNewFinalizers(proposed, old, call)
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
                .invalid("spec.selector", new[path: "spec", "selector"] ?? .null, "field is immutable")
            )
        }
        new[path: "metadata", "generation"] = raisedGeneration(from: old, to: new, call)
        return new
    }

    private func scaled(
        _ old: JSONValue,
        to proposed: JSONValue,
        _ call: ClusterCall
    ) throws(KubernetesError) -> JSONValue {
        guard proposed.resourceVersion.isEmpty || proposed.resourceVersion == old.resourceVersion else {
            throw call.conflict(old.name)
        }
        let replicas = proposed[path: "spec", "replicas"]?.int ?? 0
        guard replicas >= 0 else {
            let cause = FieldCause.invalid(
                "spec.replicas",
                .number(JSONNumber(replicas)),
                "must be greater than or equal to 0"
            )
            throw .invalid(call.operation, Self.scaleType, name: old.name, causes: [cause])
        }
        var new = old
        new.set(.number(JSONNumber(replicas)), below: (call.scalePaths ?? .workload).replicas)
        new[path: "metadata", "generation"] = raisedGeneration(from: old, to: new, call)
        return new
    }

    private static let scaleType = ResourceType(
        group: "autoscaling",
        version: "v1",
        plural: "scales",
        kind: "Scale"
    )

    /// The `autoscaling/v1` Scale of an object that has it at `paths`.
    static func scale(of object: JSONValue, _ paths: ScalePaths? = nil) -> JSONValue {
        let paths = paths ?? .workload
        var scale: JSONValue = ["kind": "Scale", "apiVersion": "autoscaling/v1"]
        for field in ["name", "namespace", "uid", "resourceVersion", "creationTimestamp"] {
            scale[path: "metadata", field] = object[path: "metadata", field]
        }
        scale["spec"] = ["replicas": object.value(below: paths.replicas) ?? 1]
        scale["status"] = ["replicas": object.value(below: paths.status) ?? 0]
        let selector = paths.selector(of: object)
        if !selector.isEmpty { scale[path: "status", "selector"] = .string(selector) }
        return scale
    }
}

extension JSONValue {
    /// Sets the value below member names, making objects on the way.
    fileprivate mutating func set(_ value: JSONValue, below path: [String]) {
        guard let name = path.first else {
            self = value
            return
        }
        var inner = self[name] ?? .object(JSONObject())
        inner.set(value, below: Array(path.dropFirst()))
        self[name] = inner
    }
}
