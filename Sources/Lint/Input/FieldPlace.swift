import JSON

/// Finds the value that a finding's path names.
enum FieldPlace {
    /// The way to the field at `path` within `value`, as far as it is there.
    ///
    /// `spec.analysis.metrics[0].name` is a way of five; where a name holds a dot or a slash, it stands in brackets.
    static func tokens(of path: String, in value: JSONValue) -> [String] {
        var tokens: [String] = []
        var here = value
        var rest = path[...]
        while !rest.isEmpty, let step = step(rest, in: here) {
            tokens.append(step.token)
            here = step.value
            rest = rest.dropFirst(step.length)
        }
        return tokens
    }

    /// A step on the way, and how many characters of the path it took.
    private typealias Step = (token: String, value: JSONValue, length: Int)

    private static func step(_ path: Substring, in value: JSONValue) -> Step? {
        switch value {
        case .array(let elements):
            guard path.first == "[", let end = path.firstIndex(of: "]") else { return nil }
            let token = String(path[path.index(after: path.startIndex)..<end])
            guard let index = Int(token), elements.indices.contains(index) else { return nil }
            return (token, elements[index], token.count + 2)
        case .object(let members):
            let dot = path.first == "." ? 1 : 0
            let name = String(path.dropFirst(dot).prefix { $0 != "." && $0 != "[" })
            if !name.isEmpty, let child = members[name] { return (name, child, name.count + dot) }
            return oddStep(path, in: members)
        default: return nil
        }
    }

    /// The step to the member of the longest name that the path begins with: a name may hold brackets too.
    private static func oddStep(_ path: Substring, in members: JSONObject) -> Step? {
        var best: Step?
        for member in members {
            for form in [member.key, ".\(member.key)", "[\(member.key)]"] {
                let next = path.dropFirst(form.count).first
                guard path.hasPrefix(form), next == nil || next == "." || next == "[" else { continue }
                if form.count > best?.length ?? 0 { best = (member.key, member.value, form.count) }
            }
        }
        return best
    }
}
