import Admission
import ContourAPI
import JSON
import Kubernetes
import Platform
import Schema
import Testing

@Suite struct NeighbourRulesTests {
    private let root =
        #"{"virtualhost":{"fqdn":"app.example.com"},"routes":[{"services":[{"name":"shop","port":80}]}]}"#

    @Test func refusesANameThatAnotherObjectHolds() throws {
        let holder = try ProxyCalls.proxy(root, named: "ingress", in: "edge")
        #expect(
            try ProxyCalls.texts(root, in: ProxyCalls.view(holder)) == [
                "spec.virtualhost.fqdn: app.example.com is held by HTTPProxy edge/ingress, and Contour would serve "
                    + "neither (Contour: VirtualHostError/DuplicateVhost); write another name, or leave virtualhost out "
                    + "and include this object in edge/ingress [httpproxy/fqdn-taken]"
            ]
        )
    }

    @Test func letsANameBeTakenOver() throws {
        var going = try ProxyCalls.proxy(root, named: "ingress")
        going[path: "metadata", "deletionTimestamp"] = "2026-11-25T05:00:00Z"
        #expect(try ProxyCalls.texts(root, in: ProxyCalls.view(going)).isEmpty)
        var foreign = try ProxyCalls.proxy(root, named: "ingress")
        foreign[path: "metadata", "annotations", "kubernetes.io/ingress.class"] = "internal"
        #expect(try ProxyCalls.texts(root, in: ProxyCalls.view(foreign)).isEmpty)
        let itself = try ProxyCalls.proxy(root)
        #expect(try ProxyCalls.texts(root, in: ProxyCalls.view(itself)).isEmpty)
    }

    @Test func warnsOfWhatIsNotThere() throws {
        let spec = """
            {"virtualhost":{"fqdn":"app.example.com"},"includes":[{"name":"docs","namespace":"docs"}],
             "routes":[{"services":[{"name":"cart","port":80},{"name":"shop","port":81}]}]}
            """
        #expect(
            try ProxyCalls.texts(spec) == [
                "warning: spec.includes[0].name: no HTTPProxy docs/docs yet; "
                    + "apply it, or its canary [httpproxy/include-missing]",
                "warning: spec.routes[0].services[0].name: no Service cart yet; "
                    + "apply it, or its canary [httpproxy/service-missing]",
                "warning: spec.routes[0].services[1].port: Service shop has no port 81; "
                    + "write 80 or 443 [httpproxy/service-port-missing]",
            ]
        )
    }

    @Test func warnsOfAWayRoundTheAnalysis() throws {
        var view = ProxyCalls.view()
        view.set(
            .canaries,
            ["metadata": ["name": "cart", "namespace": "web"], "spec": ["targetRef": ["name": "cart"]]]
        )
        let spec = #"{"routes":[{"services":[{"name":"cart-canary","port":80},{"name":"old-canary","port":80}]}]}"#
        let own = try ProxyCalls.verdict(on: ProxyCalls.proxy(spec, named: "cart"), in: view)
        #expect(own.findings.map(\.rule) == ["httpproxy/service-missing"])
        #expect(
            try ProxyCalls.texts(spec, in: view).first == "warning: spec.routes[0].services[0].name: its pods are not "
                + "proven; include cart instead [httpproxy/canary-direct]"
        )
    }

    @Test func warnsOfAnIncludedRoot() throws {
        let child = try ProxyCalls.proxy(root, named: "docs")
        let spec = #"{"virtualhost":{"fqdn":"www.example.com"},"includes":[{"name":"docs"}]}"#
        #expect(
            try ProxyCalls.texts(spec, in: ProxyCalls.view(child)) == [
                "warning: spec.includes[0].name: web/docs has a virtualhost; "
                    + "take it out there [httpproxy/include-root]"
            ]
        )
    }

    @Test func expectsWhatACanaryWillMake() throws {
        var view = ProxyCalls.view()
        let canary: JSONValue = [
            "metadata": ["name": "c", "namespace": "web"],
            "spec": ["targetRef": ["kind": "Deployment", "name": "cart"], "service": ["port": 80]],
        ]
        view.set(.canaries, canary)
        let spec = """
            {"virtualhost":{"fqdn":"app.example.com"},"includes":[{"name":"cart"}],
             "routes":[{"services":[{"name":"cart-primary","port":80}]}]}
            """
        #expect(try ProxyCalls.texts(spec, in: view).isEmpty)
        #expect(try ProxyCalls.texts(spec).count == 2)
    }
}
