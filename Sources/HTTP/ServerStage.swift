internal import Synchronization

/// How far a server is on its way out, and the tags of the waits that it can end.
final class ServerStage: Sendable {
    private static let tags = Atomic<UInt64>(0)

    /// Tags of waits for a client that has sent nothing yet.
    let freshTag: UInt64
    /// Of waits for one that is late with its handshake or within a request, or lingers.
    let unprovenTag: UInt64
    /// Of waits between the requests of one that was served.
    let idleTag: UInt64
    /// Of waits that end with the server and never for a newcomer: for connections, and for the end of one that is sent a
    /// stream.
    let busyTag: UInt64

    /// 0 while it serves, 1 while it says that it will go, 2 while it goes.
    private let stage = Atomic<Int>(0)

    init() {
        let first = Self.tags.wrappingAdd(4, ordering: .relaxed).oldValue
        (freshTag, unprovenTag, idleTag, busyTag) = (first + 1, first + 2, first + 3, first + 4)
    }

    /// The waits that end when the server begins to drain.
    var drainedTags: [UInt64] { [freshTag, idleTag, busyTag] }

    /// The waits that may end for a newcomer's sake, first those that it is least of a pity for.
    var displacedTags: [UInt64] { [freshTag, unprovenTag, idleTag] }

    /// Whether clients are told to take their next request elsewhere.
    var isLeaving: Bool { stage.load(ordering: .acquiring) > 0 }

    /// Whether there will be no further request.
    var isDraining: Bool { stage.load(ordering: .acquiring) > 1 }

    func leave() { stage.max(1, ordering: .releasing) }

    func drain() { stage.store(2, ordering: .releasing) }
}
