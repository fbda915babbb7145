package import JSON

/// Kubernetes' strategic merge patch: maps are merged, lists as the built-in kinds say, and directives do the rest.
///
/// `$patch` (`replace`, `delete`, `merge`), `$setElementOrder/<list>`, `$deleteFromPrimitiveList/<list>` and
/// `$retainKeys` are understood; null removes a member. Lists are told apart by their field's name, as in
/// `MergePlace.listMerge`. Source: the strategicpatch package of k8s.io/apimachinery.
package enum StrategicMerge {
    /// `object` after `patch`.
    ///
    /// - Throws: `JSONPatch.Failure` when a directive or a merge key is wrong.
    package static func applying(_ patch: JSONValue, to object: JSONValue) throws(JSONPatch.Failure) -> JSONValue {
        let place = MergePlace(path: [])
        guard let changes = patch.object else { throw place.failure("\(patch.typeName), expected object") }
        return .object(try merged(changes, into: object.object ?? JSONObject(), at: place))
    }

    /// `original` after `patch`.
    static func merged(
        _ patch: JSONObject,
        into original: JSONObject,
        at place: MergePlace
    ) throws(JSONPatch.Failure) -> JSONObject {
        var patch = patch
        if let directive = patch[MergeDirective.patch] {
            patch[MergeDirective.patch] = nil
            switch directive {
            case "replace": return cleaned(patch)
            case "delete": return JSONObject()
            case "merge": break
            default: throw place.failure("$patch \(directive.text), expected replace, delete or merge")
            }
        }
        var result = try retained(original, by: &patch, at: place)
        for member in patch {
            guard let field = MergeDirective.listNamed(in: member.key, after: MergeDirective.order) else { continue }
            try mergeOrdered(field, member.value, &patch, into: &result, at: place.child(field))
        }
        for member in patch { try merge(member, into: &result, at: place) }
        return result
    }

    /// Merges one member of a patch, whose `$setElementOrder` members have been worked off.
    private static func merge(
        _ member: JSONObject.Member,
        into result: inout JSONObject,
        at place: MergePlace
    ) throws(JSONPatch.Failure) {
        if MergeDirective.listNamed(in: member.key, after: MergeDirective.order) != nil { return }
        if let field = MergeDirective.listNamed(in: member.key, after: MergeDirective.deletion) {
            guard let removed = member.value.array else { throw place.failure("\(member.key), expected a list") }
            guard let stored = result[field]?.array else { return }
            result[field] = .array(stored.filter { !removed.contains($0) })
            return
        }
        switch (member.value, result[member.key]) {
        case (.null, _): result[member.key] = nil
        case (.object(let changes), .object(let stored)?):
            result[member.key] = .object(try merged(changes, into: stored, at: place.child(member.key)))
        case (.array(let changes), .array(let stored)?):
            let list = place.child(member.key)
            result[member.key] = .array(try mergedList(changes, into: stored, at: list))
        default: result[member.key] = cleaned(member.value)
        }
    }

    /// What of `original` the patch's `$retainKeys` leaves; the directive is taken out of the patch.
    private static func retained(
        _ original: JSONObject,
        by patch: inout JSONObject,
        at place: MergePlace
    ) throws(JSONPatch.Failure) -> JSONObject {
        guard let directive = patch[MergeDirective.retention] else { return original }
        patch[MergeDirective.retention] = nil
        guard let kept = directive.array else { throw place.failure("$retainKeys, expected a list") }
        for member in patch where !member.key.hasPrefix("$") && !member.value.isNull {
            guard kept.contains(.string(member.key)) else {
                throw place.failure("\(member.key) is set but not in $retainKeys")
            }
        }
        var result = JSONObject()
        for member in original where kept.contains(.string(member.key)) { result[member.key] = member.value }
        return result
    }

    /// `value` as it goes in where nothing was: without directives and nulls.
    static func cleaned(_ value: JSONValue) -> JSONValue {
        switch value {
        case .object(let members): .object(cleaned(members))
        case .array(let elements):
            .array(
                elements.filter { $0[MergeDirective.patch] == nil || $0[MergeDirective.patch] == "merge" }.map(cleaned)
            )
        default: value
        }
    }

    private static func cleaned(_ members: JSONObject) -> JSONObject {
        var result = JSONObject()
        for member in members where !MergeDirective.isOne(member.key) && !member.value.isNull {
            result[member.key] = cleaned(member.value)
        }
        return result
    }
}
