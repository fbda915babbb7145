import Admission
import ContourAPI
import JSON
import Kubernetes
import Testing

/// What a Service is to an HTTPProxy.
@Suite(.timeLimit(.minutes(1))) struct NeighbourhoodServiceTests {
    private func service(_ spec: JSONValue, annotations: JSONValue? = nil) -> JSONValue {
        var service: JSONValue = ["metadata": ["name": "web", "namespace": "test"], "spec": spec]
        service[path: "metadata", "annotations"] = annotations
        return service
    }

    private func answer(
        _ service: JSONValue?,
        port: Int = 80,
        healthPort: Int? = nil,
        settings: ContourSettings = ContourSettings()
    ) -> Neighbourhood.ServiceAnswer {
        var view = ClusterView()
        view.replace(.services, with: service.map { [$0] } ?? [])
        return Neighbourhood(of: "test", in: view, settings: settings)
            .service("web", port: port, healthPort: healthPort)
    }

    private let web: JSONValue = ["ports": [["port": 80, "name": "http"], ["port": 8080, "protocol": "TCP"]]]

    @Test func isFine() { #expect(answer(service(web), healthPort: 8080) == .fine(protocol: nil)) }

    @Test func isOfTheOwnNamespace() {
        var view = ClusterView()
        view.replace(.services, with: [service(web)])
        #expect(Neighbourhood(of: "other", in: view).service("web", port: 80, healthPort: nil) == .missing)
    }

    @Test func isMissing() { #expect(answer(nil) == .missing) }

    @Test func isUnknownWithoutAPicture() {
        #expect(Neighbourhood(of: "test").service("web", port: 80, healthPort: nil) == .unknown)
        #expect(Neighbourhood(of: "test", in: ClusterView()).service("web", port: 80, healthPort: nil) == .unknown)
    }

    @Test(arguments: ["podinfo", "podinfo-primary", "podinfo-canary"])
    func isUnknownWhileACanaryIsAboutToMakeIt(name: String) {
        var view = ClusterView()
        view.complete(.services)
        view.set(
            .canaries,
            ["metadata": ["name": "c", "namespace": "test"], "spec": ["targetRef": ["name": "podinfo"]]]
        )
        let around = Neighbourhood(of: "test", in: view)
        #expect(around.service(name, port: 80, healthPort: nil) == .unknown)
        #expect(around.service("\(name)-x", port: 80, healthPort: nil) == .missing)
    }

    @Test func lacksAPort() {
        #expect(answer(service(web), port: 81) == .portMissing(port: 81, has: [80, 8_080]))
        #expect(answer(service(web), healthPort: 81) == .portMissing(port: 81, has: [80, 8_080]))
        #expect(answer(service([:])) == .portMissing(port: 80, has: []))
    }

    /// The first port of the number counts, whatever follows.
    @Test func hasAPortOfAnotherProtocol() {
        let both: JSONValue = ["ports": [["port": 80, "protocol": "UDP"], ["port": 80]]]
        #expect(answer(service(both)) == .portNotTCP(port: 80, protocol: "UDP"))
    }

    static let protocols: [(JSONValue, JSONValue, String?)] = [
        ("https", [:], "tls"), ("kubernetes.io/h2c", [:], "h2c"), ("http", [:], nil), ("kubernetes.io/ws", [:], nil),
        // Where there is one, annotations are not looked at.
        ("grpc", ["projectcontour.io/upstream-protocol.tls": "80"], nil),
        (.null, ["projectcontour.io/upstream-protocol.tls": "80"], "tls"),
        (.null, ["projectcontour.io/upstream-protocol.h2": "1, http ,2"], "h2"),
        (.null, ["projectcontour.io/upstream-protocol.h2c": "8080"], nil),
        // The name goes before the number, and the later protocol before the earlier.
        (
            .null,
            [
                "projectcontour.io/upstream-protocol.tls": "80", "projectcontour.io/upstream-protocol.h2": "http",
            ], "h2"
        ),
        (
            .null, ["projectcontour.io/upstream-protocol.tls": "80", "projectcontour.io/upstream-protocol.h2": "80"],
            "tls"
        ),
    ]

    @Test(arguments: protocols)
    func asksForAProtocol(appProtocol: JSONValue, annotations: JSONValue, name: String?) {
        var port: JSONValue = ["port": 80, "name": "http"]
        if appProtocol != .null { port["appProtocol"] = appProtocol }
        #expect(answer(service(["ports": [port]], annotations: annotations)) == .fine(protocol: name))
    }

    private func external(_ name: String) -> JSONValue {
        service(["type": "ExternalName", "externalName": .string(name), "ports": [["port": 80]]])
    }

    @Test func isExternal() {
        #expect(answer(external("example.com")) == .externalNameOff)
        let open = ContourSettings(allowsExternalNames: true)
        #expect(answer(external("example.com"), settings: open) == .fine(protocol: nil))
        #expect(answer(external("10.0.0.1"), settings: open) == .fine(protocol: nil))
        #expect(answer(external("2001:db8::1"), settings: open) == .fine(protocol: nil))
        // The port is looked for before the name.
        #expect(answer(external("example.com"), port: 81) == .portMissing(port: 81, has: [80]))
    }

    static let local = [
        "localhost", "localhost.", "localhost.localdomain", "local.projectcontour.io", "127.0.0.1", "127.9.9.9",
        "0.0.0.0", "169.254.1.1", "::1", "::", "fe80::1", "::ffff:127.0.0.1", "0.0.0.0.",
    ]

    @Test(arguments: local) func isContoursOwnMachine(name: String) {
        let settings = ContourSettings(allowsExternalNames: true)
        #expect(answer(external(name), settings: settings) == .externalNameLocal(name))
    }
}
