extension JSONPatch {
    /// The changes that make `new` of `old`: member by member in objects, element by element in arrays, values that
    /// are equal left alone; a missing map is added whole.
    ///
    /// Applied to `old` it gives `new`.
    ///
    /// In arrays what is the same at the beginning and at the end stays; elements are removed from the highest index
    /// down. Kubernetes applies the result the same way.
    package static func difference(from old: JSONValue, to new: JSONValue) -> JSONPatch {
        var patch = JSONPatch()
        patch.appendChanges(from: old, to: new, at: JSONPointer([]))
        return patch
    }

    private mutating func appendChanges(from old: JSONValue, to new: JSONValue, at path: JSONPointer) {
        switch (old, new) {
        case (.object(let first), .object(let second)): appendChanges(from: first, to: second, at: path)
        case (.array(let first), .array(let second)): appendChanges(from: first, to: second, at: path)
        default: if old != new { operations.append(.replace(path, new)) }
        }
    }

    private mutating func appendChanges(from old: JSONObject, to new: JSONObject, at path: JSONPointer) {
        for member in old {
            let place = path.appending(member.key)
            if let value = new[member.key] {
                appendChanges(from: member.value, to: value, at: place)
            } else {
                operations.append(.remove(place))
            }
        }
        for member in new where old[member.key] == nil {
            operations.append(.add(path.appending(member.key), member.value))
        }
    }

    private mutating func appendChanges(from old: [JSONValue], to new: [JSONValue], at path: JSONPointer) {
        let shorter = min(old.count, new.count)
        var start = 0
        while start < shorter, old[start] == new[start] { start += 1 }
        var kept = 0
        while kept < shorter - start, old[old.count - 1 - kept] == new[new.count - 1 - kept] { kept += 1 }
        let common = shorter - kept
        for index in start..<common {
            appendChanges(from: old[index], to: new[index], at: path.appending(index))
        }
        for index in (common..<max(common, old.count - kept)).reversed() {
            operations.append(.remove(path.appending(index)))
        }
        for index in common..<max(common, new.count - kept) {
            operations.append(.add(path.appending(index), new[index]))
        }
    }
}
