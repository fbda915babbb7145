package import Kubernetes

/// An HTTPProxy in the chain that TLS connections to a host are passed by.
package struct TCPNode: Hashable, Sendable {
    /// The object.
    package let key: ObjectKey
    /// Where the connections go; empty where it includes another object, or says nothing.
    package let backends: [RouteBackend]
    /// What is wrong with its `tcpproxy`.
    package let faults: [ProxyFault]
}
