import ContourAPI
import Kubernetes

/// Where one kind of request goes at the moment.
struct TrafficRoute: Hashable, Sendable {
    /// A Service's port, and its ready pods.
    struct Backend: Hashable, Sendable {
        /// The Service.
        let service: ObjectKey
        /// The cluster's name in Envoy's statistics; nil where Envoy is not on the way.
        let cluster: String?
        /// The part of the requests, 0...1.
        let share: Double
        /// Its ready pods; none when no pod is ready.
        let pods: [ServingPod]
        /// The Set-Cookie field that Envoy puts on its answers.
        let cookie: String?

        /// What tells it from others.
        var name: String { cluster ?? "\(service)" }
    }

    /// Who answers; the shares add up to 1, or there is nobody.
    let backends: [Backend]
    /// Who gets copies, whose answers are dropped but counted.
    let mirrors: [Backend]

    /// Nobody answers.
    static let nowhere = TrafficRoute(backends: [], mirrors: [])
}

/// A request of a caller and where it is sent.
struct Visit: Hashable, Sendable {
    /// Where a request is sent.
    enum Place: Hashable, Sendable {
        /// To Envoy, for this host.
        case host(String)
        /// To a Service, past Envoy.
        case service(ObjectKey)
    }

    /// Where it is sent.
    let place: Place
    /// What is asked.
    let request: RouteRequest
}
