internal import CEpoll
internal import Glibc

/// A task that waits for a socket.
@safe
struct Waiter {
    let continuation: UnsafeContinuation<WaitOutcome, Never>
    let deadline: MonotonicTime
    /// Tells this wait from a later one of the same kind.
    let number: UInt64
    let tag: UInt64
}

/// What an event loop knows of one descriptor number.
struct DescriptorSlot {
    /// The serial of the socket that this is about; 0 for none yet.
    var serial: UInt64 = 0
    /// The epoll events that are armed; nil while the descriptor is not in the epoll set.
    var armed: UInt32?
    /// When the timer heap will remind us of this slot; `never` when it will not.
    var reminder = MonotonicTime.never
    private var waiters = InlineArray<3, Waiter?>(repeating: nil)

    init(serial: UInt64 = 0) { self.serial = serial }

    subscript(interest: Interest) -> Waiter? {
        get { waiters[interest.rawValue] }
        set { waiters[interest.rawValue] = newValue }
    }

    /// Takes the waiter for `interest` out.
    mutating func take(_ interest: Interest) -> Waiter? {
        let waiter = self[interest]
        self[interest] = nil
        return waiter
    }

    /// The epoll events somebody waits for.
    var wanted: UInt32 {
        (self[.read] == nil ? 0 : Self.readEvents) | (self[.write] == nil ? 0 : EPOLLOUT.rawValue)
            | (self[.hangUp] == nil ? 0 : EPOLLRDHUP.rawValue)
    }

    /// The earliest deadline of those who wait.
    var deadline: MonotonicTime {
        min(
            self[.read]?.deadline ?? .never,
            self[.write]?.deadline ?? .never,
            self[.hangUp]?.deadline ?? .never
        )
    }

    /// Takes out those whom `events` satisfy.
    ///
    /// An error or a full close is everybody's event.
    mutating func takeSatisfied(by events: UInt32) -> InlineArray<3, Waiter?> {
        var taken = InlineArray<3, Waiter?>(repeating: nil)
        let isBroken = events & (EPOLLERR.rawValue | EPOLLHUP.rawValue) != 0
        if isBroken || events & EPOLLIN.rawValue != 0 || events & EPOLLRDHUP.rawValue != 0 { taken[0] = take(.read) }
        if isBroken || events & EPOLLOUT.rawValue != 0 { taken[1] = take(.write) }
        if isBroken || events & EPOLLRDHUP.rawValue != 0 { taken[2] = take(.hangUp) }
        return taken
    }

    static let readEvents: UInt32 = EPOLLIN.rawValue
}
