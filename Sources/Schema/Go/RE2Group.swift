/// An open group of an expression that is being read.
struct RE2Group {
    let isCapturing: Bool
    /// Where its parenthesis stands.
    let opening: Int
    /// What an operator that comes now would repeat.
    var last: RE2Cost?
    /// The alternatives that are read to their end.
    private(set) var alternatives = RE2Sum()
    /// What stands before `last` in the present alternative.
    private var items = RE2Sum()

    init(isCapturing: Bool, opening: Int) {
        self.isCapturing = isCapturing
        self.opening = opening
    }

    /// Adds a part; how many nodes of the tree there are more.
    mutating func push(_ cost: RE2Cost) -> Int {
        let melts = settle()
        last = cost
        return melts ? 0 : 1
    }

    /// Ends the present alternative, which it returns.
    mutating func endAlternative() -> RE2Cost {
        _ = settle()
        let whole = items.joined
        _ = alternatives.add(whole, joinedAs: .alternation)
        items = RE2Sum()
        return whole
    }

    private mutating func settle() -> Bool {
        guard let last else { return false }
        self.last = nil
        return items.add(last, joinedAs: .concatenation)
    }
}
