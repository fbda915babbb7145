import JSON
import Kubernetes

extension RouteBackend {
    /// The backends of `services` with their shares of the requests.
    ///
    /// Weights are relative and cut to 32 bits; none at all are equal shares, a lone service gets everything. A mirror
    /// gets copies, of all requests where its weight is 0. `lost` are the places of those that Contour can't use, and
    /// `faults` is what is wrong with each, by its place.
    static func all(
        _ services: [JSONValue],
        in namespace: String?,
        lost: Set<Int>,
        faults: [Int: [ProxyFault]] = [:]
    ) -> [RouteBackend] {
        let sharing = services.indices.filter { !lost.contains($0) && !isMirror(services[$0]) }
        let total = sharing.reduce(0.0) { $0 + weight(services[$1]) }
        return services.enumerated().map { index, service in
            var percent = 0.0
            if isMirror(service) {
                let weight = service["weight"]?.double ?? 0
                percent = lost.contains(index) ? 0 : weight <= 0 ? 100 : min(weight, 100)
            } else if !lost.contains(index) {
                let share = total == 0 ? 1 / Double(sharing.count) : weight(service) / total
                percent = 100 * (sharing.count == 1 ? 1 : share)
            }
            return RouteBackend(
                service: ObjectKey(namespace: namespace, name: service["name"]?.string ?? ""),
                port: service["port"]?.int ?? 0,
                weight: service["weight"]?.int,
                percent: percent,
                isMirror: isMirror(service),
                isLost: lost.contains(index),
                cookie: cookie(service),
                faults: faults[index] ?? []
            )
        }
    }

    /// The backends of a TCP proxy, where mirrors count as any other.
    static func tcp(_ services: [JSONValue], in namespace: String?, faults: [Int: [ProxyFault]]) -> [RouteBackend] {
        all(
            services.map { service in
                var service = service
                service["mirror"] = nil
                return service
            },
            in: namespace,
            lost: Set(faults.filter { $0.value.contains { $0.reach == .stop } }.keys),
            faults: faults
        )
    }

    private static func isMirror(_ service: JSONValue) -> Bool { service["mirror"]?.bool == true }

    private static func cookie(_ service: JSONValue) -> String? {
        let fields = service["responseHeadersPolicy"]?["set"]?.array ?? []
        return fields.first { $0["name"]?.string?.lowercased() == "set-cookie" }?["value"]?.string
    }

    private static func weight(_ service: JSONValue) -> Double {
        Double(UInt32(truncatingIfNeeded: service["weight"]?.int ?? 0))
    }
}
