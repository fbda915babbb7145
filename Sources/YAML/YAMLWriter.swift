package import JSON

/// Writes trees as YAML.
package enum YAMLWriter {
    /// `value` as one document in block style, two spaces a level, strings quoted where plain text would read as
    /// something else under YAML 1.1 or 1.2, several lines as a literal block.
    ///
    /// Lists stand below their key without being moved in, as kubectl writes them. Ends with a newline. Read back it
    /// is `value`.
    package static func text(_ value: JSONValue) -> String {
        var writer = BlockWriter()
        writer.append(value, indent: 0, at: .root)
        return writer.text
    }
}

/// Appends nodes in block style.
private struct BlockWriter {
    /// What stands on the line before a node.
    enum Position {
        case root
        case afterKey
        case afterDash
    }

    private(set) var text = ""

    /// Appends `value` and the end of its last line; its container's lines are moved in by `indent`.
    mutating func append(_ value: JSONValue, indent: Int, at position: Position) {
        switch value {
        case .object(let members) where !members.isEmpty: append(members, indent: indent, at: position)
        case .array(let elements) where !elements.isEmpty: append(elements, indent: indent, at: position)
        default:
            if position != .root { text += " " }
            text += scalar(value, indent: indent) + "\n"
        }
    }

    private mutating func append(_ object: JSONObject, indent: Int, at position: Position) {
        let indent = position == .root ? indent : indent + 2
        if position == .afterKey { text += "\n" }
        for (place, member) in object.enumerated() {
            startLine(indent, isFirst: place == 0, at: position)
            let key = YAMLString(member.key).inline
            // libyaml takes no more than 1,024 characters as a key unless it is announced.
            if key.unicodeScalars.count > 1000 { text += "? \(key)\n" + spaces(indent) } else { text += key }
            text += ":"
            append(member.value, indent: indent, at: .afterKey)
        }
    }

    private mutating func append(_ elements: [JSONValue], indent: Int, at position: Position) {
        let indent = position == .afterDash ? indent + 2 : indent
        if position == .afterKey { text += "\n" }
        for (place, element) in elements.enumerated() {
            startLine(indent, isFirst: place == 0, at: position)
            text += "-"
            append(element, indent: indent, at: .afterDash)
        }
    }

    private mutating func startLine(_ indent: Int, isFirst: Bool, at position: Position) {
        text += isFirst && position == .afterDash ? " " : spaces(indent)
    }

    private func scalar(_ value: JSONValue, indent: Int) -> String {
        switch value {
        case .string(let string): YAMLString(string).literal(indent: indent + 2) ?? YAMLString(string).inline
        default: value.text
        }
    }

    private func spaces(_ count: Int) -> String { String(repeating: " ", count: count) }
}
