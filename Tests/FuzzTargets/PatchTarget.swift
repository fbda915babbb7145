import JSON

/// JSON patches: `[from, to, patch]`, or only some of them.
///
/// A difference leads from one to the other, a patch is read as it was written, and applying one never does half of it.
enum PatchTarget {
    static func run(_ bytes: [UInt8]) throws {
        guard let parts = try? JSONValue(parsing: bytes).array, let from = parts.first else { return }
        let to = parts.count > 1 ? parts[1] : .null
        try checkDifference(from, to)
        try checkDifference(to, from)
        let merged = from.merging(to)
        try hold(merged.merging(to) == merged, "merging twice is not merging once")
        guard parts.count > 2, let patch = try? JSONPatch(parts[2]) else { return }
        try checkReadsAgain(patch)
        // Each copy may double what is there, and comparing takes the time of what is there.
        guard patch.operations.count(where: isCopy) <= 8 else { return }
        guard let result = try? patch.applied(to: from) else { return }
        try hold(try patch.applied(to: from) == result, "applied twice, two results")
        try checkDifference(from, result)
    }

    private static func checkDifference(_ from: JSONValue, _ to: JSONValue) throws {
        let difference = JSONPatch.difference(from: from, to: to)
        try hold(difference.isEmpty == (from == to), "equal values differ, or others do not")
        try hold(try difference.applied(to: from) == to, "\(difference.operations) does not lead there")
        try checkReadsAgain(difference)
    }

    private static func isCopy(_ operation: JSONPatch.Operation) -> Bool {
        if case .copy = operation { true } else { false }
    }

    private static func checkReadsAgain(_ patch: JSONPatch) throws {
        try hold(try JSONPatch(patch.value) == patch, "\(patch.operations) reads differently")
    }
}
