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
        try checkFinalizers(object, call)
        try checkLabels(object, call)
    }

    private func checkFinalizers(_ object: JSONValue, _ call: ClusterCall) throws(KubernetesError) {
        let standard: Set = ["foregroundDeletion", "orphan", "kubernetes"]
        for finalizer in (object[path: "metadata", "finalizers"]?.array ?? []).compactMap(\.string)
        where !standard.contains(finalizer) && !finalizer.dropFirst().dropLast().contains("/") {
            let problem = "name is neither a standard finalizer name nor is it fully qualified"
            throw call.invalid(object.name, .invalid("metadata.finalizers", .string(finalizer), problem))
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
        for member in object[path: "metadata", "labels"]?.object ?? JSONObject() {
            let parts = member.key.split(separator: "/", omittingEmptySubsequences: false)
            guard parts.count <= 2, let name = parts.last, Self.isLabelText(name, isEmptyFine: false),
                parts.count == 1 || Self.isSubdomain(String(parts[0]))
            else {
                let problem = "name part must consist of alphanumeric characters, '-', '_' or '.', and must start and "
                let end = "end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used "
                let form = "for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')"
                throw call.invalid(
                    object.name,
                    .invalid("metadata.labels", .string(member.key), problem + end + form)
                )
            }
            guard !Self.isLabelText(Substring(member.value.string ?? ""), isEmptyFine: true) else { continue }
            let problem = "a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or "
            let end = "'.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or "
            let form = "'12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')"
            throw call.invalid(object.name, .invalid("metadata.labels", member.value, problem + end + form))
        }
    }

    private static func isLabelText(_ text: Substring, isEmptyFine: Bool) -> Bool {
        guard let first = text.first, let last = text.last else { return isEmptyFine }
        let isPlain = { (character: Character) in character.isASCII && (character.isLetter || character.isNumber) }
        return text.utf8.count <= 63 && isPlain(first) && isPlain(last)
            && text.allSatisfy { isPlain($0) || "-_.".contains($0) }
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
