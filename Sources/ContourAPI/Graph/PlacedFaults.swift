import Schema

/// Faults of an object, by the include or route that they are about.
struct PlacedFaults {
    /// What is wrong with each include.
    private(set) var includes: [Int: [ProxyFault]] = [:]
    /// What is wrong with each route.
    private(set) var routes: [Int: [ProxyFault]] = [:]
    /// What is wrong with `spec.tcpproxy`.
    private(set) var tcp: [ProxyFault] = []
    /// The others.
    private(set) var rest: [ProxyFault] = []

    init(_ faults: [ProxyFault]) {
        for fault in faults {
            let path = fault.finding.path
            if let index = Self.index(in: path, after: "spec.includes[") {
                includes[index, default: []].append(fault)
            } else if let index = Self.index(in: path, after: "spec.routes[") {
                routes[index, default: []].append(fault)
            } else if path.hasPrefix("spec.tcpproxy") {
                tcp.append(fault)
            } else {
                rest.append(fault)
            }
        }
    }

    private static func index(in path: String, after start: String) -> Int? {
        guard path.hasPrefix(start) else { return nil }
        return Int(path.dropFirst(start.count).prefix { $0.isNumber })
    }
}
