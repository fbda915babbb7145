/// What a part of an expression adds to the compiled one.
struct RE2Cost {
    /// What the part is, as far as parts are joined by it.
    enum Kind {
        case literal
        /// A class, or a dot.
        case character
        case concatenation
        case alternation
        case other
    }

    var kind: Kind
    /// In instructions.
    var size = 1
    /// Levels of the tree.
    var height = 1
    /// The most copies that its repetitions make of anything in it.
    var copies = 1
    /// The parts of a concatenation or an alternation.
    var parts = 1

    /// Whether it stands for one character of the text.
    var isSingle: Bool { kind == .character || (kind == .literal && size == 1) }
}

/// The parts of a concatenation or an alternation so far.
struct RE2Sum {
    private var whole: RE2Cost?
    private var lastKind = RE2Cost.Kind.other
    private var endsInSingle = false

    /// Adds `cost` to parts that get joined as `kind`; whether it melted into the one before it.
    mutating func add(_ cost: RE2Cost, joinedAs kind: RE2Cost.Kind) -> Bool {
        defer {
            lastKind = cost.kind
            endsInSingle = cost.isSingle
        }
        guard var sum = whole else {
            whole = cost
            return false
        }
        if kind == .alternation, endsInSingle, cost.isSingle {
            if sum.isSingle { whole?.kind = .character }
            return true
        }
        if kind == .concatenation, lastKind == .literal, cost.kind == .literal {
            whole?.size += cost.size
            return true
        }
        if sum.kind != kind { sum = RE2Cost(kind: kind, size: sum.size, height: sum.height + 1, copies: sum.copies) }
        let isAlike = cost.kind == kind
        sum.size += cost.size + (kind == .alternation ? 1 : 0)
        sum.height = max(sum.height, isAlike ? cost.height : cost.height + 1)
        sum.copies = max(sum.copies, cost.copies)
        sum.parts += isAlike ? cost.parts : 1
        whole = sum
        return false
    }

    /// All of them in one; nothing at all is a part as well.
    var joined: RE2Cost { whole ?? RE2Cost(kind: .other) }
}
