extension JSONValue {
    /// The value after an RFC 7386 merge patch: members of `patch` replace or merge, null removes.
    package func merging(_ patch: JSONValue) -> JSONValue {
        guard case .object(let changes) = patch else { return patch }
        var members = object ?? JSONObject()
        for change in changes {
            members[change.key] = change.value.isNull ? nil : (members[change.key] ?? .null).merging(change.value)
        }
        return .object(members)
    }
}
