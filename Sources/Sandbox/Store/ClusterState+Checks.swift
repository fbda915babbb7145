import JSON
import Kubernetes

/// What an object must be to be stored.
extension ClusterState {
    func checkKind(_ object: JSONValue, _ call: ClusterCall) throws(KubernetesError) {
        let expected = [("kind", call.type.kind), ("apiVersion", call.type.apiVersion)]
        for (field, value) in expected {
            guard let found = object[field]?.string, found != value else { continue }
            throw call.badRequest("the \(field) in the data (\(found)) does not match the expected \(field) (\(value))")
        }
    }

    func checkIdentity(
        _ proposed: JSONValue,
        _ old: JSONValue,
        _ call: ClusterCall
    ) throws(KubernetesError) {
        try checkKind(proposed, call)
        guard proposed.name == old.name else {
            let problem = "the name of the object (\(proposed.name)) does not match the name on the URL (\(old.name))"
            throw call.badRequest(problem)
        }
        guard proposed.namespace == old.namespace || proposed.namespace == nil else {
            let problem = "the namespace of the object (\(proposed.namespace ?? "")) does not match the namespace on "
            throw call.badRequest(problem + "the URL (\(old.namespace ?? ""))")
        }
        guard proposed.uid.isEmpty || proposed.uid == old.uid else {
            throw call.conflict(old, uid: proposed.uid)
        }
        if call.isUpdate, call.isCustom, proposed.resourceVersion.isEmpty {
            let cause = FieldCause.invalid("metadata.resourceVersion", 0, "must be specified for an update")
            throw .invalid(call.operation, call.type.namedByPlural, name: old.name, causes: [cause])
        }
        guard proposed.resourceVersion.isEmpty || proposed.resourceVersion == old.resourceVersion else {
            throw call.conflict(old.name)
        }
    }

    func checkMetadata(_ object: JSONValue, _ call: ClusterCall) throws(KubernetesError) {
        guard !object.name.isEmpty else {
            throw call.invalid("", .required("metadata.name", "name or generateName is required"))
        }
        let format = call.type == .namespaces ? NameFormat.label : .subdomain
        guard format.fits(object.name) else {
            throw call.invalid(object.name, .invalid("metadata.name", .string(object.name), format.problem))
        }
        try checkOwners(object, call)
        try checkFinalizers(object, call)
        try checkLabels(object, call)
    }

    private func checkFinalizers(_ object: JSONValue, _ call: ClusterCall) throws(KubernetesError) {
        let standard: Set = ["foregroundDeletion", "orphan", "kubernetes"]
        let finalizers = (object[path: "metadata", "finalizers"]?.array ?? []).map { $0.string ?? "" }
        for (index, finalizer) in finalizers.enumerated()
        where !standard.contains(finalizer) && !finalizer.dropFirst().dropLast().contains("/") {
            let problem = "name is neither a standard finalizer name nor is it fully qualified"
            let field = "metadata.finalizers[\(index)]"
            throw call.invalid(object.name, .invalid(field, .string(finalizer), problem))
        }
    }

    /// An object that is on its way out takes no new finalizers.
    func checkNewFinalizers(
        _ object: JSONValue,
        _ old: JSONValue,
        _ call: ClusterCall
    ) throws(KubernetesError) {
        guard old[path: "metadata", "deletionTimestamp"] != nil else { return }
        let known = old[path: "metadata", "finalizers"]?.array ?? []
        let new = (object[path: "metadata", "finalizers"]?.array ?? []).filter { !known.contains($0) }
        guard !new.isEmpty else { return }
        let list = new.map(\.text).joined(separator: ", ")
        let problem = "no new finalizers can be added if the object is being deleted, found new finalizers "
        throw call.invalid(
            object.name,
            FieldCause(
                field: "metadata.finalizers",
                reason: "FieldValueForbidden",
                message: "Forbidden: \(problem)[]string{\(list)}"
            )
        )
    }

    private func checkLabels(_ object: JSONValue, _ call: ClusterCall) throws(KubernetesError) {
        for field in ["labels", "annotations"] {
            for member in object[path: "metadata", field]?.object ?? JSONObject() {
                let path = "metadata.\(field)"
                if let fault = NameFormat.keyFault(member.key) {
                    throw call.invalid(object.name, .invalid(path, .string(member.key), fault.problem))
                }
                guard field == "labels", !NameFormat.labelValue.fits(member.value.string ?? "") else { continue }
                throw call.invalid(object.name, .invalid(path, member.value, NameFormat.labelValue.problem))
            }
        }
    }

    private func checkOwners(_ object: JSONValue, _ call: ClusterCall) throws(KubernetesError) {
        let owners = object[path: "metadata", "ownerReferences"]?.array ?? []
        let fields = [
            ("apiVersion", "version must not be empty"), ("kind", "must not be empty"), ("name", "must not be empty"),
            ("uid", "must not be empty"),
        ]
        for owner in owners {
            for (field, problem) in fields where owner[field]?.string?.isEmpty ?? true {
                throw call.invalid(object.name, .invalid("metadata.ownerReferences.\(field)", "", problem))
            }
        }
        let controllers = owners.filter { $0["controller"]?.bool == true }
            .map { "\($0["kind"]?.string ?? "")/\($0["name"]?.string ?? "")" }
        guard controllers.count > 1 else { return }
        let problem =
            "Only one reference can have Controller set to true. Found \"true\" in references for "
            + "\(controllers[0]) and \(controllers[1])"
        throw call.invalid(object.name, .invalid("metadata.ownerReferences", .array(owners), problem))
    }
}
