internal import Synchronization

/// A server's counters: what happens on its loops is added without a lock, and read when somebody asks.
@safe
final class ServerCounters: @unchecked Sendable {
    // @unchecked: `cells` are atomics that are made and freed once; all else is constant.

    /// The statuses that there are: 100 to 599.
    private static let statuses = 500

    private let acceptedConnections = Atomic<Int>(0)
    private let handshakes = Atomic<Int>(0)
    private let requestsInFlight = Atomic<Int>(0)
    /// Answers by status, refused messages by status, refusals by reason.
    private let cells: UnsafeMutablePointer<Atomic<Int>>
    private let count = 2 * statuses + ServerRefusal.allCases.count

    init() {
        unsafe cells = .allocate(capacity: count)
        for index in 0..<count { unsafe (cells + index).initialize(to: Atomic(0)) }
    }

    deinit {
        unsafe cells.deinitialize(count: count)
        unsafe cells.deallocate()
    }

    /// A connection was taken.
    func accept() { acceptedConnections.wrappingAdd(1, ordering: .relaxed) }

    /// A TLS handshake was completed.
    func completeHandshake() { handshakes.wrappingAdd(1, ordering: .relaxed) }

    /// A request goes to its handler; false when there are `limit` already.
    func beginRequest(limit: Int) -> Bool {
        if requestsInFlight.wrappingAdd(1, ordering: .relaxed).newValue <= limit { return true }
        endRequest()
        return false
    }

    /// A handler has answered.
    func endRequest() { requestsInFlight.wrappingSubtract(1, ordering: .relaxed) }

    /// An answer of `status` is being sent.
    func answer(_ status: Int) { add(status - 100, if: Self.isKnown(status)) }

    /// A message that is no request is being answered with `status`.
    func fault(_ status: Int) { add(Self.statuses + status - 100, if: Self.isKnown(status)) }

    /// Somebody is refused or cut.
    func refuse(_ refusal: ServerRefusal) { add(2 * Self.statuses + refusal.rawValue, if: true) }

    /// All of it, but for the connections that are open.
    var statistics: ServerStatistics {
        var statistics = ServerStatistics()
        statistics.acceptedConnections = acceptedConnections.load(ordering: .relaxed)
        statistics.handshakes = handshakes.load(ordering: .relaxed)
        statistics.requestsInFlight = requestsInFlight.load(ordering: .relaxed)
        for status in 100..<100 + Self.statuses {
            let answers = value(status - 100)
            if answers > 0 { statistics.answers[status] = answers }
            let faults = value(Self.statuses + status - 100)
            if faults > 0 { statistics.refusals["status_\(status)"] = faults }
        }
        for refusal in ServerRefusal.allCases {
            statistics.refusals[refusal.label] = value(2 * Self.statuses + refusal.rawValue)
        }
        return statistics
    }

    private static func isKnown(_ status: Int) -> Bool { (100..<100 + statuses).contains(status) }

    private func add(_ index: Int, if isKnown: Bool) {
        guard isKnown else { return }
        unsafe cells[index].wrappingAdd(1, ordering: .relaxed)
    }

    private func value(_ index: Int) -> Int { unsafe cells[index].load(ordering: .relaxed) }
}
