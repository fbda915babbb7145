internal import Synchronization

/// The memory that the connections of a server may set aside together for the bodies of their requests.
final class BodyBudget: Sendable {
    /// Bytes of each body that are not counted: the usual review.
    static let free = 64 << 10

    private let limit: Int
    private let used = Atomic<Int>(0)

    init(limit: Int) { self.limit = limit }

    /// What is taken now.
    var taken: Int { used.load(ordering: .relaxed) }

    /// Takes `bytes`; false when so many are not left.
    func take(_ bytes: Int) -> Bool {
        if used.wrappingAdd(bytes, ordering: .relaxed).newValue <= limit { return true }
        giveBack(bytes)
        return false
    }

    /// Gives `bytes` back that were taken.
    func giveBack(_ bytes: Int) { used.wrappingSubtract(bytes, ordering: .relaxed) }
}
