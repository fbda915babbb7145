/// How often something is repeated.
struct RE2Count {
    let low: Int
    /// Nil for without end.
    let high: Int?
}

/// The open groups of an expression that is being read, and the size of what they hold.
///
/// Go refuses what would repeat anything more than 1000 times, nest deeper than 1000, or compile to more than
/// 128 MiB; the size is reckoned without the savings from common beginnings of alternatives.
struct RE2Stack {
    /// The most times that anything may be repeated, all the repetitions round it taken together.
    static let most = 1000
    private static let deepest = 1000
    /// Groups that capture nothing are not counted by Go; the bound is for our own sake.
    private static let mostOpen = 10_000
    /// 128 MiB of instructions of 40 bytes.
    private static let largest = 128 << 20 / 40

    private var groups = [RE2Group(isCapturing: false, opening: 0)]
    private var captures = 0
    private var nodes = 0
    private var copies = 1

    /// Whether there is something for an operator to repeat.
    var canRepeat: Bool { groups[groups.count - 1].last != nil }

    mutating func push(_ kind: RE2Cost.Kind) throws(RE2Fault) { try push(RE2Cost(kind: kind)) }

    private mutating func push(_ cost: RE2Cost) throws(RE2Fault) {
        nodes += groups[groups.count - 1].push(cost)
        try check(cost)
    }

    /// Puts `*`, `+` or `?`, which take `size` instructions, round what was pushed last.
    mutating func repeatLast(costing size: Int) throws(RE2Fault) {
        guard let sub = groups[groups.count - 1].last else { return }
        try replaceLast(
            RE2Cost(kind: .other, size: sub.size + size, height: sub.height + 1, copies: sub.copies)
        )
    }

    /// Puts a counted repetition round what was pushed last; false when it makes too many copies.
    mutating func repeatLast(_ count: RE2Count) throws(RE2Fault) -> Bool {
        guard let sub = groups[groups.count - 1].last else { return true }
        let times = count.high ?? count.low
        copies = min(Self.largest, copies * max(1, times))
        let size =
            switch (count.low, count.high) {
            case (0, nil): 2 + sub.size
            case (let low, nil): 1 + low * sub.size
            case (let low, let high?): max(1, high * sub.size + high - low)
            }
        let nested = count.high == 0 ? 1 : max(1, times) * sub.copies
        try replaceLast(RE2Cost(kind: .other, size: size, height: sub.height + 1, copies: nested))
        return times < 2 || nested <= Self.most
    }

    private mutating func replaceLast(_ cost: RE2Cost) throws(RE2Fault) {
        groups[groups.count - 1].last = cost
        nodes += 1
        try check(cost)
    }

    mutating func alternate() throws(RE2Fault) {
        let alternative = groups[groups.count - 1].endAlternative()
        nodes += 1
        try check(alternative)
    }

    mutating func open(capturing isCapturing: Bool, at position: Int) throws(RE2Fault) {
        captures += isCapturing ? 1 : 0
        guard captures <= Self.deepest, groups.count < Self.mostOpen else { throw tooDeep }
        groups.append(RE2Group(isCapturing: isCapturing, opening: position))
        nodes += 1
    }

    mutating func close(at position: Int) throws(RE2Fault) {
        guard groups.count > 1, var group = groups.popLast() else {
            throw RE2Fault(problem: "unexpected ), at character \(position + 1)")
        }
        let inner = try end(&group)
        guard group.isCapturing else { return try push(inner) }
        captures -= 1
        try push(RE2Cost(kind: .other, size: inner.size + 2, height: inner.height + 1, copies: inner.copies))
    }

    /// Ends the expression.
    mutating func finish() throws(RE2Fault) {
        guard groups.count == 1 else {
            let opening = groups[groups.count - 1].opening
            throw RE2Fault(problem: "missing closing ) for the ( at character \(opening + 1)")
        }
        var whole = groups[0]
        _ = try end(&whole)
    }

    private func end(_ group: inout RE2Group) throws(RE2Fault) -> RE2Cost {
        try check(group.endAlternative())
        let whole = group.alternatives.joined
        try check(whole)
        return whole
    }

    private func check(_ cost: RE2Cost) throws(RE2Fault) {
        guard cost.height <= Self.deepest else { throw tooDeep }
        // As long as all parts together stay small even when repeated, Go does not reckon.
        guard nodes >= Self.largest / copies, cost.size > Self.largest else { return }
        throw RE2Fault(problem: "it gets too large when its repetitions are written out")
    }

    private var tooDeep: RE2Fault { RE2Fault(problem: "its groups stand within each other too deeply") }
}
