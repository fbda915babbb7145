/// Names an open socket to an event loop without owning it.
///
/// The system reuses descriptor numbers, so the number alone could mean another socket; the serial number tells them
/// apart.
package struct SocketHandle: Hashable, Sendable {
    /// The descriptor.
    package let descriptor: Int32
    /// Unique in the process; never 0.
    let serial: UInt64
}
