import JSON

/// Where two pod templates differ.
struct TemplateDifference {
    /// The lists within a template whose elements are known by name.
    private static let containerLists = ["spec.initContainers", "spec.containers", "spec.ephemeralContainers"]

    /// The maps within a template that mean the same missing and empty.
    private static let maps = ["metadata.labels", "metadata.annotations"]

    /// The paths that differ, relative to the template, in the order in which they stand.
    private(set) var paths: [String] = []

    /// Between `old` and `new`; a null member is none.
    init<Value: TemplateValue>(from old: Value, to new: Value) {
        if !Self.isSame(old, new) { collect(old, new, at: "") }
    }

    /// Takes in that `old` and `new`, the values at `path`, differ.
    private mutating func collect<Value: TemplateValue>(_ old: Value?, _ new: Value?, at path: String) {
        let missing: [TemplateField<Value>]? = Self.maps.contains(path) ? [] : nil
        if let left = old?.fields ?? missing, let right = new?.fields ?? missing {
            compare(left, right) { Self.path(path, member: $0) }
        } else if Self.containerLists.contains(path), let left = Self.named(old), let right = Self.named(new) {
            let count = paths.count
            compare(left, right) { "\(path)[\($0)]" }
            // Where no container differs, their order does, unless all is about nulls.
            if paths.count == count, left.map(\.key) != right.map(\.key) { paths.append(path) }
        } else {
            paths.append(path)
        }
    }

    /// Takes in how `left` and `right`, the fields of a value, differ.
    private mutating func compare<Value: TemplateValue>(
        _ left: [TemplateField<Value>],
        _ right: [TemplateField<Value>],
        path: (String) -> String
    ) {
        var others: [ByteText: Value] = [:]
        others.reserveCapacity(right.count)
        for field in right { others[ByteText(field.key)] = field.value }
        for field in left {
            let other = others.removeValue(forKey: ByteText(field.key))
            if !Self.isSame(field.value, other) { collect(field.value, other, at: path(field.key)) }
        }
        for field in right where !field.value.isNull && others[ByteText(field.key)] != nil {
            collect(nil, field.value, at: path(field.key))
        }
    }

    private static func isSame<Value: TemplateValue>(_ old: Value?, _ new: Value?) -> Bool {
        guard let old, !old.isNull else { return new?.isNull != false }
        return new.map(old.isEqual) == true
    }

    /// The elements of `list` by their names; nil when one has none or a name stands twice.
    private static func named<Value: TemplateValue>(_ list: Value?) -> [TemplateField<Value>]? {
        guard let elements = list?.elements else { return nil }
        var fields: [TemplateField<Value>] = []
        var names: Set<ByteText> = []
        for element in elements {
            guard let name = element.member("name")?.string, names.insert(ByteText(name)).inserted else { return nil }
            fields.append(TemplateField(key: name, value: element))
        }
        return fields
    }

    private static func path(_ path: String, member: String) -> String {
        if member.utf8.contains(where: { $0 == UInt8(ascii: ".") || $0 == UInt8(ascii: "/") }) {
            return "\(path)[\(member)]"
        }
        return path.isEmpty ? member : "\(path).\(member)"
    }
}
