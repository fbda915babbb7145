/// A value of a series at a moment.
package struct Sample: Hashable, Sendable {
    /// Milliseconds since 1970, as Prometheus counts.
    package let time: Int64
    /// The value.
    package let value: Double

    /// A sample.
    package init(time: Int64, value: Double) {
        self.time = time
        self.value = value
    }
}
