extension JSONError {
    /// The error for `fault`, whose place and path are only now worked out.
    init(_ fault: TapeFault, in bytes: [UInt8], builder: TapeBuilder) {
        let place = TextPlace(in: bytes, at: fault.offset)
        self.init(
            reason: TextPlace.oneLine(fault.text(in: bytes)),
            offset: fault.offset,
            line: place.line,
            column: place.column,
            path: JSONPointer(builder.openPath(bytes, isInValue: fault.isInValue)).description,
            excerpt: place.excerpt
        )
    }
}

extension TapeBuilder {
    /// The names and indexes that lead to the value at which the builder stopped.
    fileprivate func openPath(_ bytes: [UInt8], isInValue: Bool) -> [String] {
        var tokens: [String] = []
        var container = 0
        while container < nodes.count, nodes[container].isOpen {
            let isObject = nodes[container].kind == .object
            var child = container + 1
            var position = 0
            var token: String?
            while child < nodes.count {
                token = isObject ? nodes[child].text(in: bytes.span) : String(position)
                if isObject { child += 1 }
                if child == nodes.count || nodes[child].isOpen { break }
                child = nodes[child].next(after: child)
                position += 1
                token = nil
            }
            if child < nodes.count {
                tokens.append(token ?? "")
            } else if isInValue {
                tokens.append(token ?? String(position))
            }
            container = child
        }
        return tokens
    }
}
