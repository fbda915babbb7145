/// What to wait for on a socket.
package enum Interest: Int, Hashable, CaseIterable, Sendable {
    /// Bytes, a connection, or the end can be read.
    case read
    /// Bytes can be written, or connecting has ended.
    case write
    /// The other side has gone: it closed or reset the connection. Bytes that it sent do not count.
    case hangUp
}

/// How a wait ended.
package enum WaitOutcome: Hashable, Sendable {
    /// What was waited for is there.
    case ready
    /// The deadline passed.
    case timedOut
    /// The task was cancelled, or the loop is shutting down.
    case cancelled
    /// Somebody called `interrupt(tag:)` with the tag of this wait.
    case interrupted
}
