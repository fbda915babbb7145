/// What bounds a client's connections to its endpoint.
package struct ClientLimits: Hashable, Sendable {
    /// Connections at once, in use and idle: 64, more than the calls and watches that a controller has under way.
    ///
    /// A call that finds all of them in use waits for its turn, in order, for as long as it may take.
    package var connections = 64
    /// Calls that wait for a connection: 1,024; one more fails at once, as its turn would hardly come in time.
    package var waiting = 1_024
    /// Idle connections kept: 16, more than a controller's usual parallel requests to one server.
    package var idle = 16
    /// How long an idle one is kept: 90 s, as Go's clients do, below the 120 s after which our servers close.
    package var idleLifetime = Duration.seconds(90)
    /// Time for a new connection, from the lookup of the name through a proxy's answer to the end of the TLS handshake:
    /// 5 s, a few retransmissions of a lost packet.
    package var connectTimeout = Duration.seconds(5)

    /// The defaults.
    package init() {}
}
