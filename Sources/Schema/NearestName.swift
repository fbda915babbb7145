/// Finds the name that was probably meant.
package enum NearestName {
    /// The one of `names` that is nearest to `name`, when it is near enough to be meant: within a third of its letters, and
    /// at most `most` slips; the first of equals.
    package static func find(_ name: String, among names: [String], within most: Int = 3) -> String? {
        let limit = max(1, min(most, name.count / 3))
        let lower = name.lowercased()
        let near = names.compactMap { other -> (name: String, distance: Int)? in
            let otherLower = other.lowercased()
            // The distance is at least the difference of the lengths, which is soon found out.
            guard abs(lower.utf8.count - otherLower.utf8.count) <= limit else { return nil }
            let distance = distance(lower, otherLower)
            return distance <= limit ? (other, distance) : nil
        }
        return near.min { $0.distance < $1.distance }?.name
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
