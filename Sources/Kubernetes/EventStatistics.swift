/// What became of the Events of a recorder, for metrics.
package struct EventStatistics: Hashable, Sendable {
    /// Writes that succeeded: new Events and higher counts.
    package var written = 0
    /// What was only counted, to be told later.
    package var heldBack = 0
    /// What was refused, or gave way in a full queue, or has waited for an hour.
    package var dropped = 0
    /// What waits for the server.
    package var queued = 0
}
