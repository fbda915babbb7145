import JSON

/// The part of JSONPath that printer columns use: `.spec.a`, `['b']`, `[0]`, `[*]`, `[?(@.type=="Ready")]`.
///
/// Source: client-go `util/jsonpath`, as far as definitions use it.
struct PrinterPath: Hashable, Sendable {
    private enum Step: Hashable {
        case member(String)
        case element(Int)
        case all
        case filter(path: [String], value: String)
    }

    private let steps: [Step]

    /// Parses a path, with or without braces; nil for what is none.
    init?(_ text: String) {
        var rest = text[...]
        if rest.first == "{", rest.last == "}" { rest = rest.dropFirst().dropLast() }
        if rest.first == "$" { rest = rest.dropFirst() }
        var steps: [Step] = []
        while let mark = rest.popFirst() {
            switch mark {
            case ".":
                let name = Self.member(&rest)
                if !name.isEmpty { steps.append(name == "*" ? .all : .member(name)) }
            case "[":
                guard let step = Self.bracket(&rest) else { return nil }
                steps.append(step)
            default: return nil
            }
        }
        self.steps = steps
    }

    /// All values that the path leads to.
    func values(in object: JSONValue) -> [JSONValue] {
        steps.reduce([object]) { values, step in values.flatMap { Self.values(step, in: $0) } }
    }

    /// A member's name; a dot in it is written `\.`.
    private static func member(_ rest: inout Substring) -> String {
        var name = ""
        while let next = rest.first, next != ".", next != "[" {
            rest.removeFirst()
            if next == "\\", let escaped = rest.popFirst() {
                name.append(escaped)
            } else {
                name.append(next)
            }
        }
        return name
    }

    private static func bracket(_ rest: inout Substring) -> Step? {
        guard let end = rest.firstIndex(of: "]") else { return nil }
        let inner = rest[..<end]
        rest = rest[rest.index(after: end)...]
        if inner == "*" { return .all }
        if let number = Int(inner) { return .element(number) }
        if let name = unquoted(inner) { return .member(name) }
        guard inner.hasPrefix("?(@."), inner.hasSuffix(")") else { return nil }
        let condition = inner.dropFirst(4).dropLast()
        guard let mark = condition.firstRange(of: "==") else { return nil }
        let path = condition[..<mark.lowerBound].split { $0 == "." || $0 == " " }.map(String.init)
        let value = condition[mark.upperBound...].drop { $0 == " " }
        return .filter(path: path, value: unquoted(value) ?? String(value))
    }

    private static func unquoted(_ text: Substring) -> String? {
        guard text.count >= 2, let mark = text.first, mark == "'" || mark == "\"", text.last == mark else { return nil }
        return String(text.dropFirst().dropLast())
    }

    private static func values(_ step: Step, in value: JSONValue) -> [JSONValue] {
        switch step {
        case .member(let name): return value[name].map { [$0] } ?? []
        case .element(let index):
            let count = value.array?.count ?? 0
            return value[index < 0 ? count + index : index].map { [$0] } ?? []
        case .all: return value.array ?? value.object?.map(\.value) ?? []
        case .filter(let path, let wanted):
            return (value.array ?? [])
                .filter { element in
                    let found = element.value(below: path)
                    return (found?.string ?? found?.text) == wanted
                }
        }
    }
}
