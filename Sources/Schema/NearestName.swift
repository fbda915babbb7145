/// Finds the name that was probably meant.
package enum NearestName {
    /// The one of `names` that is nearest to `name`, when it is near enough to be meant; the first of equals.
    package static func find(_ name: String, among names: [String]) -> String? {
        let limit = max(1, min(3, name.count / 3))
        let near = names.map { ($0, distance(name.lowercased(), $0.lowercased())) }.filter { $0.1 <= limit }
        return near.min { $0.1 < $1.1 }?.0
    }

    /// Insertions, deletions, replacements and swaps of neighbours that make `right` of `left` (optimal string
    /// alignment, Damerau 1964).
    static func distance(_ left: String, _ right: String) -> Int {
        let from = Array(left.utf8)
        let to = Array(right.utf8)
        guard !from.isEmpty, !to.isEmpty else { return max(from.count, to.count) }
        var beforeLast: [Int] = []
        var last = Array(0...to.count)
        for row in 1...from.count {
            var current = [row]
            for column in 1...to.count {
                let isSame = from[row - 1] == to[column - 1]
                var cost = min(last[column] + 1, current[column - 1] + 1, last[column - 1] + (isSame ? 0 : 1))
                if row > 1, column > 1, from[row - 1] == to[column - 2], from[row - 2] == to[column - 1] {
                    cost = min(cost, beforeLast[column - 2] + 1)
                }
                current.append(cost)
            }
            beforeLast = last
            last = current
        }
        return last[to.count]
    }
}
