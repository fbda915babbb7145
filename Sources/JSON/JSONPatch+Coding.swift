extension JSONPatch {
    /// Reads an RFC 6902 array.
    ///
    /// - Parameter value: the array of operations; members that an operation does not define are ignored.
    /// - Throws: `Failure` naming the operation that is none.
    package init(_ value: JSONValue) throws(Failure) {
        guard case .array(let elements) = value else {
            throw Failure(description: "read JSON patch: \(value.typeName), expected array")
        }
        operations = []
        for (position, element) in elements.enumerated() {
            operations.append(try Self.operation(element, at: position))
        }
    }

    /// The RFC 6902 array.
    package var value: JSONValue { .array(operations.map(\.value)) }

    /// The RFC 6902 array as JSON text, made without a tree.
    package var serialized: [UInt8] {
        var writer = JSONWriter(capacity: 128 * operations.count)
        writer.append(self)
        return writer.bytes
    }

    /// Runs `body` with the RFC 6902 array as JSON text, which is copied nowhere.
    package func withSerialized(_ body: (Span<UInt8>) -> Void) {
        var writer = JSONWriter(capacity: 128 * operations.count)
        writer.append(self)
        writer.withSpan(body)
    }

    private static func operation(_ value: JSONValue, at position: Int) throws(Failure) -> Operation {
        guard case .object(let members) = value else {
            throw failure("\(value.typeName), expected object", at: position)
        }
        guard case .string(let name)? = members["op"] else {
            throw failure("no op, expected add, remove, replace, move, copy or test", at: position)
        }
        let path = try pointer("path", in: members, at: position)
        switch name {
        case "add": return .add(path, try operand(members, at: position))
        case "remove": return .remove(path)
        case "replace": return .replace(path, try operand(members, at: position))
        case "move": return .move(from: try pointer("from", in: members, at: position), to: path)
        case "copy": return .copy(from: try pointer("from", in: members, at: position), to: path)
        case "test": return .test(path, try operand(members, at: position))
        default:
            throw failure(
                "unknown op \"\(JSONPointer.shown(name))\", expected add, remove, replace, move, copy or test",
                at: position
            )
        }
    }

    private static func operand(_ members: JSONObject, at position: Int) throws(Failure) -> JSONValue {
        guard let value = members["value"] else { throw failure("no value", at: position) }
        return value
    }

    private static func pointer(
        _ name: String,
        in members: JSONObject,
        at position: Int
    ) throws(Failure) -> JSONPointer {
        guard case .string(let text)? = members[name] else {
            throw failure("no \(name), expected a JSON pointer", at: position)
        }
        guard let pointer = JSONPointer(text) else {
            throw failure("\(name) \"\(JSONPointer.shown(text))\", expected a JSON pointer", at: position)
        }
        return pointer
    }

    private static func failure(_ reason: String, at position: Int) -> Failure {
        Failure(description: "read JSON patch operation \(position): \(reason)")
    }
}

extension JSONPatch.Operation {
    /// The operation as an RFC 6902 object.
    fileprivate var value: JSONValue {
        switch self {
        case .add(let path, let value): ["op": "add", "path": .string(path.description), "value": value]
        case .remove(let path): ["op": "remove", "path": .string(path.description)]
        case .replace(let path, let value): ["op": "replace", "path": .string(path.description), "value": value]
        case .move(let from, let path):
            ["op": "move", "from": .string(from.description), "path": .string(path.description)]
        case .copy(let from, let path):
            ["op": "copy", "from": .string(from.description), "path": .string(path.description)]
        case .test(let path, let value): ["op": "test", "path": .string(path.description), "value": value]
        }
    }
}
