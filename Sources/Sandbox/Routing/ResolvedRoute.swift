import JSON
import Kubernetes

/// A route as it is in force: the requests that it takes, and where they go.
struct ResolvedRoute: Hashable, Sendable {
    /// A Service's port.
    struct Destination: Hashable, Sendable {
        /// The Service.
        let service: ObjectKey
        /// The Service's port number.
        let port: Int

        /// The cluster's name in Envoy's statistics, as Contour gives it.
        var cluster: String { "\(service.namespace ?? "")_\(service.name)_\(port)" }
    }

    /// A Service's port and its part of the requests.
    struct Backend: Hashable, Sendable {
        /// Where to.
        let destination: Destination
        /// The part, 0...1.
        let share: Double
    }

    /// The HTTPProxy that has it.
    let proxy: ObjectKey
    /// Which requests.
    let match: RouteMatch
    /// Where they go; the shares add up to 1, unless there is nobody left to answer.
    let backends: [Backend]
    /// Who gets copies; the shares are each its own.
    let mirrors: [Backend]
}

extension ResolvedRoute {
    /// The route `spec` of `proxy`, with those of its services that `isThere`.
    init(_ spec: JSONValue, of proxy: ObjectKey, _ match: RouteMatch, isThere: (Destination) -> Bool) {
        self.proxy = proxy
        self.match = match
        let services: [(Destination, JSONValue)] = (spec["services"]?.array ?? []).compactMap { service in
            let key = ObjectKey(namespace: proxy.namespace, name: service["name"]?.string ?? "")
            let destination = Destination(service: key, port: service["port"]?.int ?? 0)
            return isThere(destination) ? (destination, service) : nil
        }
        let weighted = services.filter { $0.1["mirror"]?.bool != true }
            .map { (destination: $0.0, weight: max(0, $0.1["weight"]?.double ?? 0)) }
        let total = weighted.reduce(0) { $0 + $1.weight }
        let count = Double(weighted.count)
        backends = weighted.map { service in
            // Without any weight all are equal; a lone service gets everything.
            Backend(destination: service.destination, share: total == 0 ? 1 / count : service.weight / total)
        }
        mirrors = services.filter { $0.1["mirror"]?.bool == true }.map { destination, service in
            let percent = service["weight"]?.double ?? 0
            return Backend(destination: destination, share: percent <= 0 ? 1 : min(percent, 100) / 100)
        }
    }
}
