import JSON

/// Makes trees of graphs: aliases are expanded, merge keys merged.
struct YAMLResolver {
    /// How many nodes the aliases and merge keys of a stream may add: some kilobytes of text could else become more
    /// than memory holds.
    ///
    /// Hand-written manifests add some hundreds.
    static let maximumExpansion = 100_000

    private var nodes: [YAMLNode] = []
    private var marks: [JSONPointer: YAMLMark] = [:]
    private var expanded = 0

    /// A member after merging.
    private struct Member {
        let entry: YAMLNode.Entry
        /// Whether it is here through an alias or a merge key.
        let isExpanded: Bool
    }

    /// The document whose graph `nodes` has its root at `root`.
    mutating func document(_ nodes: [YAMLNode], root: Int) throws(YAMLFault) -> YAMLDocument {
        self.nodes = nodes
        marks = [:]
        let value = try tree(root, at: JSONPointer([]), place: nodes[root].place, depth: 0, isExpanded: false)
        return YAMLDocument(value: value, marks: marks)
    }

    private mutating func tree(
        _ index: Int,
        at pointer: JSONPointer,
        place: YAMLPlace,
        depth: Int,
        isExpanded: Bool
    ) throws(YAMLFault) -> JSONValue {
        var isExpanded = isExpanded
        var content = nodes[index].content
        if case .alias(let target) = content {
            content = nodes[target].content
            isExpanded = true
        }
        if isExpanded { try countExpansion(nodes[index].place) }
        marks[pointer] = place.mark
        switch content {
        case .scalar(let scalar): return scalar.value
        case .alias: return .null
        case .sequence(let elements):
            try checkDepth(depth, nodes[index].place)
            var values: [JSONValue] = []
            for (position, element) in elements.enumerated() {
                let value = try tree(
                    element,
                    at: pointer.appending(position),
                    place: nodes[element].place,
                    depth: depth + 1,
                    isExpanded: isExpanded
                )
                values.append(value)
            }
            return .array(values)
        case .mapping(let entries):
            try checkDepth(depth, nodes[index].place)
            var object = JSONObject()
            for member in try members(of: entries, isExpanded: isExpanded, depth: depth) {
                object[member.entry.key] = try tree(
                    member.entry.value,
                    at: pointer.appending(member.entry.key),
                    place: member.entry.keyPlace,
                    depth: depth + 1,
                    isExpanded: member.isExpanded
                )
            }
            return .object(object)
        }
    }

    /// The members of a mapping: its own, and where the merge key stands those that only what it merges has; of two
    /// merged mappings the first one wins.
    private mutating func members(
        of entries: [YAMLNode.Entry],
        isExpanded: Bool,
        depth: Int
    ) throws(YAMLFault) -> [Member] {
        guard entries.contains(where: \.isMerge) else {
            return entries.map { Member(entry: $0, isExpanded: isExpanded) }
        }
        var keys: Set<ByteText> = []
        for entry in entries where !entry.isMerge { keys.insert(ByteText(entry.key)) }
        var members: [Member] = []
        for entry in entries {
            guard entry.isMerge else {
                members.append(Member(entry: entry, isExpanded: isExpanded))
                continue
            }
            for source in try sources(of: entry) {
                try checkDepth(depth, entry.keyPlace)
                try countExpansion(entry.keyPlace)
                for member in try self.members(of: source, isExpanded: true, depth: depth + 1) {
                    try countExpansion(entry.keyPlace)
                    if keys.insert(ByteText(member.entry.key)).inserted { members.append(member) }
                }
            }
        }
        return members
    }

    /// The mappings that a merge key names.
    private func sources(of merge: YAMLNode.Entry) throws(YAMLFault) -> [[YAMLNode.Entry]] {
        var sources: [[YAMLNode.Entry]] = []
        let value = target(merge.value)
        var listed = [value]
        if case .sequence(let elements) = nodes[value].content { listed = elements.map(target) }
        for index in listed {
            guard case .mapping(let entries) = nodes[index].content else {
                throw YAMLFault(reason: "<< with another value, expected mappings", place: merge.keyPlace)
            }
            sources.append(entries)
        }
        return sources
    }

    private func target(_ index: Int) -> Int {
        guard case .alias(let target) = nodes[index].content else { return index }
        return target
    }

    private func checkDepth(_ depth: Int, _ place: YAMLPlace) throws(YAMLFault) {
        guard depth < YAMLComposer.maximumDepth else {
            throw YAMLFault(reason: "nesting beyond \(YAMLComposer.maximumDepth)", place: place)
        }
    }

    private mutating func countExpansion(_ place: YAMLPlace) throws(YAMLFault) {
        expanded += 1
        guard expanded <= Self.maximumExpansion else {
            throw YAMLFault(reason: "aliases expand beyond \(Self.maximumExpansion) nodes", place: place)
        }
    }
}
