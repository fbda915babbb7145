import JSON
import Kubernetes

/// What an object must be to be stored.
extension ClusterState {
    func checkKind(_ object: JSONValue, _ call: ClusterCall) throws(KubernetesError) {
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

    func checkIdentity(
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

    func checkMetadata(_ object: JSONValue, _ call: ClusterCall) throws(KubernetesError) {
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
        try checkOwners(object, call)
    }

    private func checkOwners(_ object: JSONValue, _ call: ClusterCall) throws(KubernetesError) {
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
