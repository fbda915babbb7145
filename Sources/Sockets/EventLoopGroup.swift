// CONTRACT: implemented in the sockets work; the signatures below are what other modules build on.

/// The event loops of a process: epoll threads that are task executors.
package final class EventLoopGroup: Sendable {
    /// Starts `count` threads; one a core by default.
    package init(count: Int? = nil) { fatalError("contract") }

    /// Stops the threads once no task runs on them. Blocks until they have ended.
    package func shutdown() { fatalError("contract") }
}
