import Admission
import ContourAPI
import JSON
import Kubernetes
import TestSupport

/// Clusters drawn from a seed: HTTPProxies that include each other as it happens, sound and faulty.
struct RandomProxies {
    private var values: SeededValues
    /// What comes of the seed, in the order in which it was drawn.
    private(set) var objects: [(type: ResourceType, object: JSONValue)] = []
    private static let names = ["p0", "p1", "p2", "p3", "p4", "p5"]
    private static let namespaces = ["web", "edge"]

    init(seed: UInt64) {
        values = SeededValues(seed: seed)
        for namespace in Self.namespaces {
            for name in ["s0", "s1"] where chance(0.9) {
                objects.append((.services, Self.object(name, namespace, ["ports": [["port": 80], ["port": 81]]])))
            }
            for name in Self.names where chance(0.7) {
                objects.append((.httpProxies, Self.object(name, namespace, spec())))
            }
        }
    }

    /// The objects in another order, drawn too.
    mutating func shuffled() -> [(type: ResourceType, object: JSONValue)] { objects.shuffled(using: &values) }

    /// An earlier version of an object: the same with another spec.
    mutating func earlier(_ object: JSONValue) -> JSONValue {
        Self.object(object.name, object.namespace ?? "", spec())
    }

    static func view(_ objects: [(type: ResourceType, object: JSONValue)]) -> ClusterView {
        var view = ClusterView()
        for type in [ResourceType.httpProxies, .services, .secrets, .canaries] { view.complete(type) }
        for (type, object) in objects { view.set(type, object) }
        return view
    }

    private static func object(_ name: String, _ namespace: String, _ spec: JSONValue) -> JSONValue {
        ["metadata": ["name": .string(name), "namespace": .string(namespace)], "spec": spec]
    }

    private mutating func chance(_ part: Double) -> Bool { Double.random(in: 0..<1, using: &values) < part }

    private mutating func one<Element>(_ list: [Element]) -> Element {
        list[Int.random(in: 0..<list.count, using: &values)]
    }

    private mutating func some(_ limit: Int, _ make: (inout RandomProxies) -> JSONValue) -> JSONValue {
        .array((0..<Int.random(in: 0...limit, using: &values)).map { _ in make(&self) })
    }

    private mutating func spec() -> JSONValue {
        var spec: JSONValue = [
            "includes": some(3) { $0.include() }, "routes": some(3) { $0.route() },
        ]
        if chance(0.35) { spec["virtualhost"] = host() }
        if chance(0.08) { spec["ingressClassName"] = "other" }
        if chance(0.3) {
            spec["tcpproxy"] =
                chance(0.25)
                ? ["services": some(2) { $0.service() }]
                : ["include": ["name": .string(one(Array(Self.names.prefix(3))))]]
        }
        return spec
    }

    private mutating func host() -> JSONValue {
        let name = one(["a", "b", "c", "d", "e", "f", "g", "h"])
        var host: JSONValue = ["fqdn": .string("\(name).example.com")]
        if chance(0.6) { host["tls"] = chance(0.95) ? ["passthrough": true] : [:] }
        if chance(0.2) { host["tls"] = ["secretName": .string(one(["cert", "edge/cert"]))] }
        if chance(0.2) {
            host["jwtProviders"] = [["name": "known", "remoteJWKS": ["uri": "https://id.example.com"]]]
        }
        if chance(0.1) { host["corsPolicy"] = ["allowOrigin": [], "allowMethods": ["GET"]] }
        if chance(0.1) { host["ipAllowPolicy"] = [["source": "Peer", "cidr": .string(one(["10.0.0.0/8", "no"]))]] }
        return host
    }

    private mutating func include() -> JSONValue {
        var include: JSONValue = ["name": .string(one(Self.names))]
        if chance(0.3) { include["namespace"] = .string(one(Self.namespaces)) }
        if chance(0.8) { include["conditions"] = conditions() }
        return include
    }

    private mutating func conditions() -> JSONValue {
        var list: [JSONValue] = []
        if chance(0.6) {
            let wrong: [JSONValue] = [["prefix": "no"], ["exact": "/x"], ["regex": "/("]]
            list.append(chance(0.93) ? ["prefix": .string(one(["/", "/a", "/b"]))] : one(wrong))
        }
        if chance(0.4) { list.append(field()) }
        if chance(0.15) { list.append(field()) }
        if chance(0.03) { list.append(["prefix": "/c"]) }
        return .array(list)
    }

    private mutating func field() -> JSONValue {
        one([
            ["header": ["name": "x", "exact": "1"]], ["header": ["name": "X", "exact": "2"]],
            ["header": ["name": "y", "present": true]], ["header": ["name": "Y", "notpresent": true]],
            ["queryParameter": ["name": "q", "exact": "1"]], ["queryParameter": ["name": "q", "present": true]],
        ])
    }

    private mutating func service() -> JSONValue {
        var service: JSONValue = [
            "name": .string(chance(0.9) ? one(["s0", "s1"]) : "s2"), "port": chance(0.9) ? 80 : 82,
        ]
        if chance(0.1) { service["mirror"] = true }
        if chance(0.05) { service["protocol"] = "http" }
        return service
    }

    private mutating func route() -> JSONValue {
        var route: JSONValue = ["conditions": conditions()]
        if chance(0.9) {
            route["services"] = .array((0..<Int.random(in: 1...2, using: &values)).map { _ in service() })
        }
        if chance(0.1) { route["directResponsePolicy"] = ["statusCode": 200] }
        if chance(0.25) { route["jwtVerificationPolicy"] = ["require": .string(one(["known", "unknown"]))] }
        if chance(0.05) { route["timeoutPolicy"] = ["response": "soon"] }
        if chance(0.1) {
            route["loadBalancerPolicy"] = ["strategy": "RequestHash", "requestHashPolicies": [["terminal": true]]]
        }
        return route
    }
}
