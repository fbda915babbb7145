import JSON
import Schema

/// What Contour makes of the faults of one route: which it records, which services it loses, whether it drops every
/// route of the object.
struct RouteOutcome {
    /// Those that it comes to, in its order.
    private(set) var recorded: [ProxyFault] = []
    /// The places of the services that are lost.
    private(set) var lost: Set<Int> = []
    /// Whether every route of the object is dropped.
    private(set) var isDropped = false

    /// The outcome of `faults`, in Contour's order, for the route at `path` with `services`.
    init(_ faults: [ProxyFault], at path: String, services: [JSONValue]) {
        for fault in faults where fault.reach != .unreported {
            let service = Self.service(of: fault.finding.path, in: path)
            if let service, lost.contains(service) { continue }
            if fault.finding.reported?.reason == "OnlyOneMirror", let service {
                // Contour counts the mirrors that it found.
                let mirrors = services.indices.filter { $0 < service && services[$0]["mirror"]?.bool == true }
                guard mirrors.contains(where: { !lost.contains($0) }) else { continue }
            }
            recorded.append(fault)
            switch fault.reach {
            case .nextService: if let service { lost.insert(service) }
            case .drop, .stop, .skipInclude:
                isDropped = true
                return
            case .goOn, .note, .unreported: break
            }
        }
    }

    /// The place of the service that the fault at `place` is about; nil for one of the route at `path` itself.
    static func service(of place: String, in path: String) -> Int? {
        let start = "\(path).services["
        guard place.hasPrefix(start) else { return nil }
        return Int(place.dropFirst(start.count).prefix { $0.isNumber })
    }
}
