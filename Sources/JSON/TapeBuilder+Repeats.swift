/// A value further ahead in the text which the one that is being parsed may repeat: the index of its node.
///
/// The review of an update holds an object twice, as it is to be and as it was, and most of its members are the same
/// in both. What has the same bytes has the same nodes, which are copied.
struct ModelValue {
    /// No value.
    ///
    /// The root, which stands before all others and repeats none, has this index.
    static let none = ModelValue(index: 0)

    let index: Int

    /// Whether there is one.
    @inline(__always)
    var isThere: Bool { index != 0 }
}

/// Where the members of an array or object find the values that they may repeat, each in its turn.
protocol ModelSource {
    /// The model of the next member, whose value is at `place` and, in an object, has the key `key`.
    mutating func next(
        _ key: TapeNode?,
        at place: Int,
        _ bytes: Span<UInt8>,
        _ nodes: Span<TapeNode>
    ) -> ModelValue
}

/// For the elements of an array of which no model is known.
struct NoModels: ModelSource {
    @inline(__always)
    func next(_ key: TapeNode?, at place: Int, _ bytes: Span<UInt8>, _ nodes: Span<TapeNode>) -> ModelValue { .none }
}

/// For the members of an object of which no model is known: the object before among them, for one that begins alike.
struct SiblingModels: ModelSource {
    /// How many bytes must be alike, so that it is worth while to look for more.
    private static let leastBytes = 16

    private var last = ModelValue.none
    private var start = 0

    @inline(__always)
    mutating func next(
        _ key: TapeNode?,
        at place: Int,
        _ bytes: Span<UInt8>,
        _ nodes: Span<TapeNode>
    ) -> ModelValue {
        guard place < bytes.count, bytes[place] == ASCII.openBrace else { return .none }
        let (other, start) = (last, start)
        (last, self.start) = (ModelValue(index: nodes.count), place)
        let isAlike =
            other.isThere && place &+ Self.leastBytes <= bytes.count
            && sameBytes(bytes, at: start, bytes, at: place, count: Self.leastBytes)
        return isAlike ? other : .none
    }
}

/// For the members of an array or object that has a model: the model's own members.
struct MemberModels: ModelSource {
    private var place: Int
    private let end: Int

    /// The members of `model`, a container.
    init(of model: ModelValue, _ nodes: Span<TapeNode>) {
        place = model.index &+ 1
        end = nodes[model.index].next(after: model.index)
    }

    @inline(__always)
    mutating func next(
        _ key: TapeNode?,
        at place: Int,
        _ bytes: Span<UInt8>,
        _ nodes: Span<TapeNode>
    ) -> ModelValue {
        guard let key else {
            guard self.place < end else { return .none }
            let element = ModelValue(index: self.place)
            self.place = nodes[self.place].next(after: self.place)
            return element
        }
        return value(under: key, bytes, nodes)
    }

    /// The value of the next member, or the one after it, whichever has the key `key`.
    private mutating func value(under key: TapeNode, _ bytes: Span<UInt8>, _ nodes: Span<TapeNode>) -> ModelValue {
        var member = place
        for _ in 0..<2 where member < end {
            let other = nodes[member]
            let value = member &+ 1
            member = nodes[value].next(after: value)
            if other.length == key.length,
                sameBytes(bytes, at: Int(other.start), bytes, at: Int(key.start), count: Int(key.length))
            {
                place = member
                return ModelValue(index: value)
            }
        }
        return .none
    }
}

extension TapeBuilder {
    /// Below this many bytes a string is parsed as fast as it is compared.
    private static let leastBytes = 16

    /// Reads the value whose first byte is at `start` and which may repeat `model`; the place after it.
    @inline(__always)
    func value(
        _ bytes: Span<UInt8>,
        at start: Int,
        depth: Int,
        like model: ModelValue,
        _ nodes: inout OutputSpan<TapeNode>
    ) throws(TapeFault) -> Int {
        model.isThere
            ? try repeatedValue(bytes, at: start, depth: depth, like: model, &nodes)
            : try value(bytes, at: start, depth: depth, &nodes)
    }

    /// The same where there is a model: what is no repetition of it may have members that are.
    @inline(never)
    private func repeatedValue(
        _ bytes: Span<UInt8>,
        at start: Int,
        depth: Int,
        like model: ModelValue,
        _ nodes: inout OutputSpan<TapeNode>
    ) throws(TapeFault) -> Int {
        let node = nodes.span[model.index]
        // Of a number or a literal more could follow behind the same bytes.
        guard node.kind == .string || node.isContainer, node.length >= Self.leastBytes, start < bytes.count else {
            return try value(bytes, at: start, depth: depth, &nodes)
        }
        if let end = try copy(node, of: model, bytes, to: start, &nodes) { return end }
        switch (node.kind, bytes[start]) {
        case (.object, ASCII.openBrace):
            var models = MemberModels(of: model, nodes.span)
            return try object(bytes, at: start, depth: depth &+ 1, &models, &nodes)
        case (.array, ASCII.openBracket):
            var models = MemberModels(of: model, nodes.span)
            return try array(bytes, at: start, depth: depth &+ 1, &models, &nodes)
        default: return try value(bytes, at: start, depth: depth, &nodes)
        }
    }

    /// Appends the nodes of `model`, which is `node`, for the same bytes at `start`; the place after these, or nil when
    /// others stand there.
    @inline(__always)
    private func copy(
        _ node: TapeNode,
        of model: ModelValue,
        _ bytes: Span<UInt8>,
        to start: Int,
        _ nodes: inout OutputSpan<TapeNode>
    ) throws(TapeFault) -> Int? {
        let quote = node.kind == .string ? 1 : 0
        let first = Int(node.start) &- quote
        let count = Int(node.length) &+ 2 &* quote
        guard start &+ count <= bytes.count, sameBytes(bytes, at: first, bytes, at: start, count: count) else {
            return nil
        }
        let copied = model.index..<node.next(after: model.index)
        guard copied.count <= nodes.freeCapacity else { throw TapeFault(.fullTape, at: start) }
        let shift = nodes.count &- model.index
        // What is copied stands in the tape, and there is room for it behind the last node.
        unsafe nodes.withUnsafeMutableBufferPointer { tape, filled in
            for index in copied {
                let moved = unsafe tape[index].moved(by: start &- first, nodes: shift)
                unsafe tape.initializeElement(at: filled, to: moved)
                filled &+= 1
            }
        }
        return start &+ count
    }
}
