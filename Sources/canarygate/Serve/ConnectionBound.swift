/// How many connections the process' descriptors allow.
package enum ConnectionBound {
    /// Descriptors for everything besides the webhook port's connections: the probes' port, the API server, hooks, files.
    private static let reserve = 512

    /// Connections at once with `descriptors` for the whole process, at most `wanted`.
    ///
    /// A server takes a sixteenth more to tell them that it is full.
    package static func connections(wanted: Int, descriptors: Int) -> Int {
        let left = descriptors - min(reserve, descriptors / 4)
        return min(wanted, max(1, left / 17 * 16))
    }
}
