import JSON

extension JSONValue {
    /// Changes the value below `path`, if there is one that is not null.
    mutating func change(_ path: [String], by change: (inout JSONValue) -> Void) {
        guard let key = path.first else { return change(&self) }
        guard var value = self[key], !value.isNull else { return }
        value.change(Array(path.dropFirst()), by: change)
        self[key] = value
    }

    /// Changes each element of the array below `path`, if there is one.
    mutating func changeElements(of path: [String], by change: (inout JSONValue) -> Void) {
        self.change(path) { value in
            guard var elements = value.array else { return }
            for index in elements.indices { change(&elements[index]) }
            value = .array(elements)
        }
    }
}
