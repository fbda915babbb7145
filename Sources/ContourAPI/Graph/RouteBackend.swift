package import Kubernetes

/// A Service's port that a route leads to.
package struct RouteBackend: Hashable, Sendable {
    /// The Service.
    package let service: ObjectKey
    /// The Service's port number.
    package let port: Int
    /// The weight as written; nil where there is none.
    package let weight: Int?
    /// The part of the route's requests that it gets, or copies of, in percent.
    package let percent: Double
    /// Whether it gets copies, and its answers are dropped.
    package let isMirror: Bool
    /// Whether it is lost, as the Service or the port is missing or can't be used.
    package let isLost: Bool
    /// The Set-Cookie field that it puts on every answer; nil for none.
    package let cookie: String?
    /// What is wrong with it.
    package let faults: [ProxyFault]

    /// The cluster's name in Envoy's statistics: `web_shop-canary_8080`.
    package var cluster: String { "\(service.namespace ?? "")_\(service.name)_\(port)" }
}
