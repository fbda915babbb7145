import JSON

/// Lists whose elements are merged.
extension StrategicMerge {
    /// `original` after `patch`; elements that the patch names stand in its order, the others where they stood.
    static func mergedList(
        _ patch: [JSONValue],
        into original: [JSONValue],
        at place: MergePlace
    ) throws(JSONPatch.Failure) -> [JSONValue] {
        switch place.listMerge {
        case .replacing: return patch.map(cleaned)
        case .asSet:
            var merged: [JSONValue] = []
            for element in original + patch where !merged.contains(element) { merged.append(element) }
            return ordered(merged, by: patch, in: original) { $0 }
        case .byKey(let key):
            let merged = try mergedElements(patch, into: original, key, at: place)
            return ordered(merged, by: patch, in: original) { $0[key] }
        }
    }

    private static func mergedElements(
        _ patch: [JSONValue],
        into original: [JSONValue],
        _ key: String,
        at place: MergePlace
    ) throws(JSONPatch.Failure) -> [JSONValue] {
        var result = original
        var changes: [JSONObject] = []
        var isReplacement = false
        for element in patch {
            guard let members = element.object else { throw place.failure("\(element.typeName), expected object") }
            switch members[MergeDirective.patch] {
            case nil, "merge"?: changes.append(members)
            case "replace"?: isReplacement = true
            case "delete"?:
                guard let value = members[key] else { throw place.failure("$patch: delete without \(key)") }
                result.removeAll { $0[key] == value }
            case let other?: throw place.failure("$patch \(other.text), expected replace, delete or merge")
            }
        }
        if isReplacement { return changes.map { cleaned(.object($0)) } }
        for change in changes {
            guard let value = change[key] else { throw place.failure("an element without its merge key \(key)") }
            if let index = result.firstIndex(where: { $0[key] == value }) {
                result[index] = .object(try merged(change, into: result[index].object ?? JSONObject(), at: place))
            } else {
                result.append(cleaned(.object(change)))
            }
        }
        return result
    }

    /// Works off `$setElementOrder/<field>`, and the patch's list of that name with it.
    static func mergeOrdered(
        _ field: String,
        _ order: JSONValue,
        _ patch: inout JSONObject,
        into result: inout JSONObject,
        at place: MergePlace
    ) throws(JSONPatch.Failure) {
        guard let order = order.array else { throw place.failure("$setElementOrder, expected a list") }
        let original = result[field]?.array
        var merged = original ?? []
        if let changes = patch[field]?.array {
            merged = try mergedList(changes, into: merged, at: place)
            patch[field] = nil
        } else if original == nil || patch[field] != nil {
            return
        }
        switch place.listMerge {
        case .replacing: result[field] = .array(merged)
        case .asSet: result[field] = .array(ordered(merged, by: order, in: original ?? []) { $0 })
        case .byKey(let key): result[field] = .array(ordered(merged, by: order, in: original ?? []) { $0[key] })
        }
    }

    /// `elements` with those that `order` names in that order, and the others where `original` had them.
    ///
    /// An element that the original has not goes before those that it cannot be compared with.
    private static func ordered(
        _ elements: [JSONValue],
        by order: [JSONValue],
        in original: [JSONValue],
        _ identity: (JSONValue) -> JSONValue?
    ) -> [JSONValue] {
        let wanted = order.filter { $0[MergeDirective.patch] == nil || $0[MergeDirective.patch] == "merge" }
            .map(identity)
        let stood = original.map(identity)
        var named = elements.filter { wanted.contains(identity($0)) }
            .sorted { (wanted.firstIndex(of: identity($0)) ?? 0) < (wanted.firstIndex(of: identity($1)) ?? 0) }[...]
        var others = elements.filter { !wanted.contains(identity($0)) }[...]
        var result: [JSONValue] = []
        while let first = named.first, let other = others.first {
            let place = stood.firstIndex(of: identity(first))
            if let place, let otherPlace = stood.firstIndex(of: identity(other)), otherPlace < place {
                result.append(other)
                others.removeFirst()
            } else {
                result.append(first)
                named.removeFirst()
            }
        }
        return result + named + others
    }
}
