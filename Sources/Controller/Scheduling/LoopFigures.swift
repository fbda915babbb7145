/// What can be told of the loop's work at one time, for metrics.
package struct LoopFigures: Hashable, Sendable {
    /// The Canaries that there are.
    package var canaries = 0
    /// Those that wait for their next round.
    package var waiting = 0
    /// Those that wait although their time has come: all workers are busy.
    package var overdue = 0
    /// Rounds under way.
    package var running = 0
    /// Those of them that wait for a hook or a measurement, and need no worker.
    package var outside = 0

    /// Nothing yet.
    package init() {}
}
