import JSON

/// Puts the events of one document together to a graph of nodes.
struct YAMLComposer {
    /// How deep sequences and mappings may stand within each other, as in JSON.
    static let maximumDepth = 128

    /// The nodes; a node stands after those below it, so the root is the last.
    private(set) var nodes: [YAMLNode] = []
    private var anchors: [ByteText: Int] = [:]
    private var openAnchors: Set<ByteText> = []

    /// Adds the node that begins with `event` and all below it.
    ///
    /// - Parameters:
    ///   - event: the node's first event.
    ///   - reader: where the rest comes from.
    ///   - depth: how many containers are around the node.
    /// - Returns: the node's place in `nodes`.
    /// - Throws: `YAMLFault` for bad syntax, an unknown alias or tag, a key that is no scalar or stands twice.
    mutating func compose(
        _ event: YAMLEvent,
        from reader: borrowing EventReader,
        depth: Int = 0
    ) throws(YAMLFault) -> Int {
        if case .alias(let name) = event.content { return add(.alias(try target(of: name, event)), event) }
        let anchor = event.anchor.map { ByteText($0) }
        if let anchor { openAnchors.insert(anchor) }
        let node: Int
        switch event.content {
        case .scalar(let text, let isPlain):
            do {
                node = add(.scalar(try YAMLScalar(text, isPlain: isPlain, tag: event.tag)), event)
            } catch {
                throw YAMLFault(reason: error.reason, place: event.place)
            }
        case .sequenceStart:
            try checkStart(event, tag: .sequence, depth: depth)
            node = add(.sequence(try elements(from: reader, depth: depth + 1)), event)
        default:
            try checkStart(event, tag: .mapping, depth: depth)
            node = add(.mapping(try entries(from: reader, depth: depth + 1)), event)
        }
        if let anchor {
            openAnchors.remove(anchor)
            anchors[anchor] = node
        }
        return node
    }

    private mutating func add(_ content: YAMLNode.Content, _ event: YAMLEvent) -> Int {
        nodes.append(YAMLNode(content: content, place: event.place))
        return nodes.count - 1
    }

    private func target(of name: String, _ event: YAMLEvent) throws(YAMLFault) -> Int {
        if openAnchors.contains(ByteText(name)) {
            throw YAMLFault(reason: "the alias *\(name) stands within what it names", place: event.place)
        }
        guard let node = anchors[ByteText(name)] else {
            throw YAMLFault(reason: "unknown alias *\(name)", place: event.place)
        }
        return node
    }

    private func checkStart(_ event: YAMLEvent, tag: CoreTag, depth: Int) throws(YAMLFault) {
        guard depth < Self.maximumDepth else {
            throw YAMLFault(reason: "nesting beyond \(Self.maximumDepth)", place: event.place)
        }
        guard let name = event.tag, name != "!", name != tag.rawValue else { return }
        throw YAMLFault(
            reason: "the tag \(YAMLScalar.shortTag(name)), expected \(YAMLScalar.shortTag(tag.rawValue))",
            place: event.place
        )
    }

    private mutating func elements(from reader: borrowing EventReader, depth: Int) throws(YAMLFault) -> [Int] {
        var elements: [Int] = []
        while true {
            let event = try reader.next()
            if case .end = event.content { return elements }
            elements.append(try compose(event, from: reader, depth: depth))
        }
    }

    private mutating func entries(
        from reader: borrowing EventReader,
        depth: Int
    ) throws(YAMLFault) -> [YAMLNode.Entry] {
        var entries: [YAMLNode.Entry] = []
        var keys: Set<ByteText> = []
        while true {
            let event = try reader.next()
            if case .end = event.content { return entries }
            let node = try compose(event, from: reader, depth: depth)
            let key = try scalar(at: node)
            guard keys.insert(ByteText(key.text)).inserted else {
                throw YAMLFault(reason: "the key \"\(key.text.prefix(80))\" stands twice", place: event.place)
            }
            let value = try compose(try reader.next(), from: reader, depth: depth)
            entries.append(
                YAMLNode.Entry(key: key.text, isMerge: key.isMerge, keyPlace: event.place, value: value)
            )
        }
    }

    /// The scalar that the key `node` is or names.
    private func scalar(at node: Int) throws(YAMLFault) -> YAMLScalar {
        var content = nodes[node].content
        if case .alias(let target) = content { content = nodes[target].content }
        guard case .scalar(let scalar) = content else {
            throw YAMLFault(reason: "a key that is no scalar", place: nodes[node].place)
        }
        return scalar
    }
}
