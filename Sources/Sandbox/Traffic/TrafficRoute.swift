/// Where the requests of one host go at the moment.
struct TrafficRoute: Hashable, Sendable {
    /// A Service's port, and how its ready pods behave.
    struct Backend: Hashable, Sendable {
        /// The cluster's name in Envoy's statistics.
        let cluster: String
        /// The part of the requests, 0...1.
        let share: Double
        /// How its ready pods behave, one entry a pod; none when no pod is ready.
        let pods: [ImageBehaviour]
    }

    /// The host name.
    let host: String
    /// Who answers; the shares add up to 1, or there is nobody.
    let backends: [Backend]
    /// Who gets copies, whose answers are dropped but counted.
    let mirrors: [Backend]
}
