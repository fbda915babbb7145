import Admission
import ContourAPI
import JSON
import Kubernetes
import Platform
import Schema
import Testing

@Suite struct HTTPProxyValidatorTests {
    private let good = #"{"routes":[{"services":[{"name":"shop","port":80}]}]}"#
    private let bad = #"{"routes":[{"services":[{"name":"shop","port":80}],"timeoutPolicy":{"response":"soon"}}]}"#

    @Test func isAValidatingWebhookOnItsPath() {
        #expect(HTTPProxyValidator().path == "/validate/httpproxies")
        #expect(!HTTPProxyValidator().isMutating)
    }

    @Test(arguments: [
        #"{"virtualhost":{"fqdn":"app.example.com"},"includes":[{"name":"shop","conditions":[{"prefix":"/"}]}]}"#,
        """
        {"routes":[{"conditions":[{"prefix":"/"}],"timeoutPolicy":{"response":"15s","idle":"5m"},
         "retryPolicy":{"count":3,"perTryTimeout":"5s","retryOn":["5xx"]},
         "services":[{"name":"shop","port":80,"weight":95},{"name":"shop","port":443,"weight":5}]}]}
        """,
    ])
    func takesTheStorysObjects(spec: String) throws {
        let child = try ProxyCalls.proxy(good)
        let root = try ProxyCalls.proxy(spec, named: "root")
        #expect(try ProxyCalls.verdict(on: root, in: ProxyCalls.view(child)) == .allowed)
    }

    @Test func tellsEveryFaultAtOnce() throws {
        let texts = try ProxyCalls.texts(
            """
            {"virtualhost":{"fqdn":"App.example.com","tls":{}},
             "routes":[{"conditions":[{"prefix":"shop"}],"timeoutPolicy":{"idle":"5"},
                        "services":[{"name":"shop","port":0,"protocol":"http2"}]}]}
            """
        )
        #expect(
            texts == [
                "spec.virtualhost.fqdn: App.example.com is no host name: lower case letters, digits, - and dots, no port, "
                    + "no dot at the end; write app.example.com [httpproxy/fqdn-invalid]",
                "spec.virtualhost.tls: neither secretName nor passthrough, so no request to App.example.com is served "
                    + "(Contour: TLSError/TLSConfigNotValid); write one: secretName to end TLS here, passthrough: true to "
                    + "hand it on [httpproxy/tls-source]",
                "spec.routes[0].conditions[0].prefix: shop does not begin with /, so all routes of this object are "
                    + "dropped (Contour: RouteError/PathMatchConditionsNotValid); write /shop "
                    + "[httpproxy/route-path-conditions]",
                "spec.routes[0].timeoutPolicy.idle: 5 is no duration, so all routes of this object are dropped (Contour: "
                    + "RouteError/TimeoutPolicyNotValid); write for example 15s, 1m30s or infinity "
                    + "[httpproxy/timeout-invalid]",
                "spec.routes[0].services[0].port: 0 is no port, so all routes of this object are dropped (Contour: "
                    + "ServiceError/ServicePortInvalid); write a port number of the Service, 1 to 65535 "
                    + "[httpproxy/port-invalid]",
                "spec.routes[0].services[0].protocol: http2 is no protocol for a service, so all routes of this object are "
                    + "dropped (Contour: ServiceError/UnsupportedProtocol); write tls, h2 or h2c, or leave it out for plain "
                    + "HTTP [httpproxy/protocol-unsupported]",
            ]
        )
    }

    @Test func warnsOfAFieldThatItDoesNotKnow() throws {
        #expect(
            try ProxyCalls.texts(#"{"routes":[{"services":[{"name":"shop","port":80,"wieght":5}]}]}"#) == [
                "warning: spec.routes[0].services[0].wieght: unknown field; did you mean \"weight\"? "
                    + "[httpproxy/unknown-field]"
            ]
        )
    }

    @Test func refusesAValueOfTheWrongTypeOnce() throws {
        #expect(
            try ProxyCalls.texts(#"{"routes":[{"services":[{"name":"shop","port":"80"}]}]}"#) == [
                "spec.routes[0].services[0].port: must be a whole number, not a string; write 80 without quotes "
                    + "[httpproxy/wrong-type]"
            ]
        )
    }

    @Test func onlyWarnsOfAFaultThatIsStored() throws {
        let stored = try ProxyCalls.proxy(bad)
        var weighted = stored
        weighted[path: "spec", "ingressClassName"] = "contour"
        let verdict = try ProxyCalls.verdict(on: weighted, insteadOf: stored)
        #expect(verdict.isAllowed)
        #expect(verdict.findings.map(\.rule) == ["httpproxy/timeout-invalid"])
        #expect(try !ProxyCalls.verdict(on: stored, insteadOf: ProxyCalls.proxy(good)).isAllowed)
    }

    @Test func leavesWhatDoesNotTouchTheSpec() throws {
        let stored = try ProxyCalls.proxy(bad)
        var labelled = stored
        labelled[path: "metadata", "labels", "team"] = "web"
        var going = stored
        going[path: "metadata", "deletionTimestamp"] = "2026-11-25T05:00:00Z"
        #expect(try ProxyCalls.verdict(on: labelled, insteadOf: stored) == .allowed)
        #expect(try ProxyCalls.verdict(on: going) == .allowed)
        #expect(try ProxyCalls.verdict(on: nil, insteadOf: stored) == .allowed)
        #expect(try ProxyCalls.verdict(on: stored, subresource: "status") == .allowed)
    }
}
