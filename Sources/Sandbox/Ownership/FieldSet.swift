import JSON

/// A set of places in an object, as `managedFields` writes it: a tree of the steps that lead to them.
///
/// A step is `f:name` for a member, `k:{"name":"a"}` for an element of a list that is told apart by members, and `v:"a"`
/// for an element of a set.
struct FieldSet: Hashable, Sendable {
    /// Whether the place itself is in the set.
    var isMember = false
    /// What is below, by the next step.
    var children: [String: FieldSet] = [:]

    /// Nothing.
    init() {}

    /// Whether no place is in it.
    var isEmpty: Bool { !isMember && children.values.allSatisfy(\.isEmpty) }

    /// The steps below in the order in which they are written.
    var steps: [String] { children.keys.sorted() }

    /// Puts the place at `path` into the set.
    mutating func insert(_ path: some Collection<String>) {
        guard let step = path.first else {
            isMember = true
            return
        }
        children[step, default: FieldSet()].insert(path.dropFirst())
    }

    /// What is in either.
    func union(_ other: FieldSet) -> FieldSet {
        var result = self
        result.isMember = isMember || other.isMember
        for (step, child) in other.children { result.children[step] = children[step]?.union(child) ?? child }
        return result
    }

    /// What is in both.
    func intersection(_ other: FieldSet) -> FieldSet {
        var result = FieldSet()
        result.isMember = isMember && other.isMember
        for (step, child) in children {
            guard let match = other.children[step] else { continue }
            let common = child.intersection(match)
            if !common.isEmpty { result.children[step] = common }
        }
        return result
    }

    /// What is in this one alone.
    func subtracting(_ other: FieldSet) -> FieldSet {
        var result = FieldSet()
        result.isMember = isMember && !other.isMember
        for (step, child) in children {
            let rest = other.children[step].map(child.subtracting) ?? child
            if !rest.isEmpty { result.children[step] = rest }
        }
        return result
    }

    /// The places as messages write them: `.spec.replicas`, `.spec.ports[port=80,protocol="TCP"]`.
    var texts: [String] {
        var texts = isMember ? [""] : []
        for step in steps {
            let text = Self.text(step)
            texts += (children[step]?.texts ?? []).map { text + $0 }
        }
        return texts
    }

    private static func text(_ step: String) -> String {
        let rest = step.dropFirst(2)
        switch step.first {
        case "k"?:
            let members = (JSONValue(text: String(rest))?.object ?? JSONObject()).sorted { $0.key < $1.key }
            return "[\(members.map { "\($0.key)=\($0.value.text)" }.joined(separator: ","))]"
        case "v"?: return "[=\(rest)]"
        default: return ".\(rest)"
        }
    }
}

extension FieldSet {
    /// Reads the set as `fieldsV1` has it; nil when it is none.
    init?(_ value: JSONValue) {
        guard let members = value.object else { return nil }
        for member in members where member.key != "." {
            guard "fkvi".contains(member.key.prefix(1)), member.key.dropFirst().first == ":",
                var child = FieldSet(member.value)
            else { return nil }
            child.isMember = member.value.object?.isEmpty == true || member.value["."] != nil
            children[member.key] = child
        }
    }

    /// The set as `fieldsV1` has it.
    var value: JSONValue {
        var members = JSONObject()
        if isMember, !children.isEmpty { members["."] = .object(JSONObject()) }
        for step in steps { members[step] = children[step]?.value }
        return .object(members)
    }
}

extension JSONValue {
    /// Reads JSON; nil for what is none.
    init?(text: String) {
        do { try self.init(parsing: text) } catch { return nil }
    }
}
