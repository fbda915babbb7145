/// How a client's connections are used at one moment.
package struct ClientUsage: Hashable, Sendable {
    /// Connections in use, idle, and being made.
    package var connections: Int
    /// Those of them that are idle.
    package var idle: Int
    /// Calls that wait for a connection.
    package var waiting: Int

    /// A client's usage.
    package init(connections: Int, idle: Int, waiting: Int) {
        self.connections = connections
        self.idle = idle
        self.waiting = waiting
    }
}
