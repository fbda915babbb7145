/// The member names in a strategic merge patch that are instructions.
enum MergeDirective {
    /// What to do with the map or the list element that it stands in.
    static let patch = "$patch"
    /// The only members that are left of a map.
    static let retention = "$retainKeys"
    /// Before a list's name: the order of its elements.
    static let order = "$setElementOrder/"
    /// Before a list's name: the elements to take out of it.
    static let deletion = "$deleteFromPrimitiveList/"

    /// The list that `key` is about when it begins with `prefix`.
    static func listNamed(in key: String, after prefix: String) -> String? {
        key.hasPrefix(prefix) ? String(key.dropFirst(prefix.count)) : nil
    }

    /// Whether `key` is an instruction and no member.
    static func isOne(_ key: String) -> Bool {
        key == patch || key == retention || key.hasPrefix(order) || key.hasPrefix(deletion)
    }
}
