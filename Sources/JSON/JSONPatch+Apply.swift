/// Why an operation cannot be made.
private struct Obstacle: Error {
    let reason: String

    static let nothingThere = Obstacle(reason: "nothing is there")
}

extension JSONPatch {
    /// `value` after all changes; all or none are made.
    ///
    /// Follows RFC 6902 to the letter, where Kubernetes is more lenient: a replaced member must be there, indexes are
    /// not negative. A test compares numbers by their value.
    ///
    /// - Parameter value: what is changed.
    /// - Returns: the changed value.
    /// - Throws: `Failure` naming the first operation that cannot be made.
    package func applied(to value: JSONValue) throws(Failure) -> JSONValue {
        var result = value
        for (position, operation) in operations.enumerated() {
            do {
                try operation.apply(to: &result)
            } catch {
                throw Failure(description: "apply JSON patch operation \(position) (\(operation)): \(error.reason)")
            }
        }
        return result
    }
}

extension JSONPatch.Operation {
    fileprivate func apply(to value: inout JSONValue) throws(Obstacle) {
        switch self {
        case .add(let path, let new): try value.add(new, at: path.tokens[...])
        case .remove(let path): _ = try value.remove(at: path.tokens[...])
        case .replace(let path, let new): try value.replace(with: new, at: path.tokens[...])
        case .move(let from, let path): try value.move(from, to: path)
        case .copy(let from, let path):
            guard let found = value[from] else { throw Obstacle(reason: "nothing is at \(from.shown)") }
            try value.add(found, at: path.tokens[...])
        case .test(let path, let expected):
            guard let found = value[path] else { throw Obstacle.nothingThere }
            guard found.isEquivalent(to: expected) else { throw Obstacle(reason: "the value is another") }
        }
    }
}

extension JSONValue {
    fileprivate mutating func move(_ from: JSONPointer, to path: JSONPointer) throws(Obstacle) {
        guard self[from] != nil else { throw Obstacle(reason: "nothing is at \(from.shown)") }
        if from == path { return }
        if path.tokens.starts(with: from.tokens, by: sameText) {
            throw Obstacle(reason: "a value cannot be moved into itself")
        }
        let taken = try remove(at: from.tokens[...])
        try add(taken, at: path.tokens[...])
    }

    fileprivate mutating func add(_ new: JSONValue, at path: ArraySlice<String>) throws(Obstacle) {
        guard let token = path.first else {
            self = new
            return
        }
        guard path.count == 1 else {
            try change(token) { (child) throws(Obstacle) in try child.add(new, at: path.dropFirst()) }
            return
        }
        switch self {
        case .object: self[token] = new
        case .array(var elements):
            guard token != "-" else {
                self = .null
                elements.append(new)
                self = .array(elements)
                return
            }
            guard let index = JSONPointer.elementIndex(token), index <= elements.count else {
                throw Obstacle(reason: "no such index, expected 0...\(elements.count) or -")
            }
            self = .null
            elements.insert(new, at: index)
            self = .array(elements)
        default: throw Obstacle(reason: "the value around it is \(typeName), expected object or array")
        }
    }

    fileprivate mutating func remove(at path: ArraySlice<String>) throws(Obstacle) -> JSONValue {
        guard let token = path.first else { throw Obstacle(reason: "the whole document cannot be removed") }
        guard path.count == 1 else {
            return try change(token) { (child) throws(Obstacle) in try child.remove(at: path.dropFirst()) }
        }
        switch self {
        case .object(let members):
            guard let removed = members[token] else { throw Obstacle.nothingThere }
            self[token] = nil
            return removed
        case .array(var elements):
            guard let index = JSONPointer.elementIndex(token), index < elements.count else {
                throw Obstacle.nothingThere
            }
            self = .null
            let removed = elements.remove(at: index)
            self = .array(elements)
            return removed
        default: throw Obstacle.nothingThere
        }
    }

    fileprivate mutating func replace(with new: JSONValue, at path: ArraySlice<String>) throws(Obstacle) {
        guard let token = path.first else {
            self = new
            return
        }
        try change(token) { (child) throws(Obstacle) in try child.replace(with: new, at: path.dropFirst()) }
    }

    /// Changes the child `token`, which is taken out meanwhile so that it is not copied; after a fault it is lost.
    private mutating func change<Result>(
        _ token: String,
        by body: (inout JSONValue) throws(Obstacle) -> Result
    ) throws(Obstacle) -> Result {
        switch self {
        case .object(var members):
            guard var child = members[token] else { throw Obstacle.nothingThere }
            self = .null
            members[token] = .null
            let result = try body(&child)
            members[token] = child
            self = .object(members)
            return result
        case .array(var elements):
            guard let index = JSONPointer.elementIndex(token), index < elements.count else {
                throw Obstacle.nothingThere
            }
            self = .null
            var child = elements[index]
            elements[index] = .null
            let result = try body(&child)
            elements[index] = child
            self = .array(elements)
            return result
        default: throw Obstacle.nothingThere
        }
    }

    /// Whether both are the same by RFC 6902 section 4.6: as `==`, but numbers by their value.
    fileprivate func isEquivalent(to other: JSONValue) -> Bool {
        switch (self, other) {
        case (.number(let first), .number(let second)): first.isNumericallyEqual(to: second)
        case (.array(let first), .array(let second)):
            first.count == second.count && zip(first, second).allSatisfy { $0.isEquivalent(to: $1) }
        case (.object(let first), .object(let second)): first.matches(second) { $0.isEquivalent(to: $1) }
        default: self == other
        }
    }
}
