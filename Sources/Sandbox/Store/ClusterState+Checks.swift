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
            throw call.invalid(old.name, .invalid("metadata.resourceVersion", 0, "must be specified for an update"))
        }
        guard proposed.resourceVersion.isEmpty || proposed.resourceVersion == old.resourceVersion else {
            throw call.conflict(old.name)
        }
    }

    func checkMetadata(_ object: JSONValue, _ call: ClusterCall) throws(KubernetesError) {
        guard !object.name.isEmpty else {
            throw call.invalid("", .required("metadata.name", "name or generateName is required"))
        }
        guard Self.isSubdomain(object.name) else {
            let problem =
                "a lowercase RFC 1123 subdomain must consist of lower case alphanumeric characters, '-' or '.'"
            throw call.invalid(object.name, .invalid("metadata.name", .string(object.name), problem))
        }
        try checkOwners(object, call)
    }

    private func checkOwners(_ object: JSONValue, _ call: ClusterCall) throws(KubernetesError) {
        let owners = object[path: "metadata", "ownerReferences"]?.array ?? []
        guard owners.allSatisfy({ $0["uid"]?.string?.isEmpty == false }) else {
            throw call.invalid(object.name, .required("metadata.ownerReferences.uid", "uid must not be empty"))
        }
        guard owners.count(where: { $0["controller"]?.bool == true }) <= 1 else {
            let problem = "Invalid value: Only one reference can have Controller set to true"
            let field = "metadata.ownerReferences"
            throw call.invalid(
                object.name,
                FieldCause(field: field, reason: "FieldValueInvalid", message: problem)
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
