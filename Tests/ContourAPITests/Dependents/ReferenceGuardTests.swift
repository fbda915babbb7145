import Admission
import ContourAPI
import JSON
import Kubernetes
import Platform
import Schema
import Testing

/// What HTTPProxies lose when others change what they refer to.
@Suite(.timeLimit(.minutes(1))) struct ReferenceGuardTests {
    private let guardian = ReferenceGuard()

    private func object(_ name: String, _ spec: JSONValue, namespace: String = "test") -> JSONValue {
        ["metadata": ["name": .string(name), "namespace": .string(namespace)], "spec": spec]
    }

    private func service(_ name: String, ports: [Int] = [80]) -> JSONValue {
        object(name, ["ports": .array(ports.map { ["port": .number(JSONNumber($0))] })])
    }

    private func secret(
        _ name: String,
        keys: [String] = ["tls.crt", "tls.key", "ca.crt"],
        namespace: String = "test"
    )
        -> JSONValue
    {
        var secret: JSONValue = [
            "metadata": ["name": .string(name), "namespace": .string(namespace)], "type": "Opaque",
        ]
        secret["data"] = .object(JSONObject())
        let values = [
            "tls.crt": "-----BEGIN CERTIFICATE-----\nYQ==\n-----END CERTIFICATE-----\n",
            "tls.key": "-----BEGIN PRIVATE KEY-----\nYQ==\n-----END PRIVATE KEY-----\n",
            "ca.crt": "-----BEGIN CERTIFICATE-----\nYQ==\n-----END CERTIFICATE-----\n",
        ]
        for key in keys { secret["data"]?[key] = .string(Base64.encode(Array((values[key] ?? "x").utf8))) }
        return secret
    }

    private func route(_ prefix: String, _ services: [String], port: Int = 80) -> JSONValue {
        [
            "conditions": [["prefix": .string(prefix)]],
            "services": .array(services.map { ["name": .string($0), "port": .number(JSONNumber(port))] }),
        ]
    }

    private func root(
        _ name: String,
        _ routes: [JSONValue],
        tls: String? = nil,
        namespace: String = "test"
    ) -> JSONValue {
        var proxy = object(name, ["routes": .array(routes)], namespace: namespace)
        proxy[path: "spec", "virtualhost", "fqdn"] = .string("\(name).example.com")
        if let tls { proxy[path: "spec", "virtualhost", "tls"] = ["secretName": .string(tls)] }
        return proxy
    }

    private func view(_ objects: [(ResourceType, JSONValue)]) -> ClusterView {
        var view = ClusterView()
        for type in [ResourceType.services, .secrets, .tlsCertificateDelegations, .extensionServices] {
            view.complete(type)
        }
        for (type, object) in objects { view.set(type, object) }
        return view
    }

    private func findings(
        _ type: ResourceType,
        _ stored: JSONValue,
        to object: JSONValue? = nil,
        in view: ClusterView,
        by user: String = "ada"
    ) throws -> [Finding] {
        let request = AdmissionRequest(
            uid: "1",
            group: type.group,
            version: type.version,
            resource: type.plural,
            kind: type.kind,
            name: stored.name,
            namespace: stored.namespace,
            operation: object == nil ? .delete : .update,
            username: user,
            object: try object.map { try JSONDocument(parsing: $0.serialized).root },
            oldObject: try JSONDocument(parsing: stored.serialized).root
        )
        let verdict = guardian.verdict(on: request, in: view, now: Timestamp(seconds: 1_795_579_509))
        let refusals = verdict.findings.filter { $0.severity == .deny }.map(\.rule)
        // A delegation's own fault refuses it; what others lose by it does not.
        #expect(refusals.allSatisfy { $0 == "tlscertificatedelegation/wildcard-beside-others" })
        return verdict.findings
    }

    @Test func warnsOfAServiceThatGoes() throws {
        let web = service("web")
        let proxy = root("shop", [route("/api", ["web"]), route("/", ["web", "rest"])])
        let view = view([(.services, web), (.services, service("rest")), (.httpProxies, proxy)])
        let found = try findings(.services, web, in: view)
        #expect(
            found.map(\.text) == [
                "metadata.name: HTTPProxy test/shop needs it, so requests to /api get 503 (Contour: "
                    + "ServiceError/ServiceUnresolvedReference); change that first [service/needed-by-proxy]"
            ]
        )
        #expect(found.map(\.severity) == [.warn])
    }

    @Test func saysWhereABackendIsLost() throws {
        let view = view([
            (.services, service("web")), (.services, service("rest")),
            (.httpProxies, root("shop", [route("/", ["web", "rest"])])),
        ])
        #expect(try findings(.services, service("web"), in: view).map(\.effect) == ["requests to / lose a backend"])
    }

    @Test func namesThreeAndCountsTheRest() throws {
        var objects: [(ResourceType, JSONValue)] = [(.services, service("web"))]
        for number in 0..<150 { objects.append((.httpProxies, root("p\(100 + number)", [route("/", ["web"])]))) }
        let found = try findings(.services, service("web"), in: view(objects))
        #expect(found.map(\.problem) == ["HTTPProxies test/p100, test/p101, test/p102 and 147 more need it"])
        #expect(found.first?.effect?.hasSuffix(", and so on for 147 more") == true)
    }

    @Test func warnsOfAPortThatGoes() throws {
        let view = view([
            (.services, service("web", ports: [80, 81])), (.httpProxies, root("shop", [route("/", ["web"])])),
        ])
        let stored = service("web", ports: [80, 81])
        #expect(try findings(.services, stored, to: service("web", ports: [80]), in: view) == [])
        let found = try findings(.services, stored, to: service("web", ports: [81]), in: view)
        #expect(found.map(\.rule) == ["service/port-needed-by-proxy"])
        #expect(found.map(\.problem) == ["HTTPProxy test/shop leads to port 80"])
        #expect(found.map(\.effect) == ["requests to / get 503"])
    }

    @Test func saysNothingOfAProxyThatIsOfNoUse() throws {
        var invalid = root("a", [route("/", ["web"])])
        invalid["status"] = ["currentStatus": "invalid"]
        var leaving = root("b", [route("/", ["web"])])
        leaving[path: "metadata", "deletionTimestamp"] = "2026-01-01T00:00:00Z"
        var foreign = root("c", [route("/", ["web"])])
        foreign[path: "spec", "ingressClassName"] = "other"
        let view = view([
            (.services, service("web")), (.httpProxies, invalid), (.httpProxies, leaving), (.httpProxies, foreign),
        ])
        #expect(try findings(.services, service("web"), in: view) == [])
    }

    @Test func saysNothingToTheClustersOwnComponents() throws {
        let view = view([(.services, service("web")), (.httpProxies, root("shop", [route("/", ["web"])]))])
        let collector = "system:serviceaccount:kube-system:namespace-controller"
        #expect(try findings(.services, service("web"), in: view, by: collector) == [])
    }

    @Test func warnsOfATCPBackend() throws {
        var proxy = root("db", [], tls: "tls")
        proxy[path: "spec", "tcpproxy"] = ["services": [["name": "web", "port": 80]]]
        let view = view([(.services, service("web")), (.secrets, secret("tls")), (.httpProxies, proxy)])
        #expect(try findings(.services, service("web"), in: view).map(\.effect) == ["db.example.com is not served"])
    }

    @Test func warnsOfASecretThatGoes() throws {
        let view = view([
            (.services, service("web")), (.secrets, secret("tls")),
            (.httpProxies, root("shop", [route("/", ["web"])], tls: "tls")),
        ])
        let found = try findings(.secrets, secret("tls"), in: view)
        #expect(found.map(\.rule) == ["secret/needed-by-proxy"])
        #expect(found.map(\.effect) == ["shop.example.com is not served"])
        #expect(found.map(\.reported?.description) == ["Contour: TLSError/SecretNotValid"])
    }

    /// Even where the server may not read Secrets: the review holds what there is to know.
    @Test func warnsOfASecretThatIsUnusableThen() throws {
        var view = view([(.services, service("web"))])
        view.expect(.secrets)
        view.set(.httpProxies, root("shop", [route("/", ["web"])], tls: "tls"))
        let found = try findings(.secrets, secret("tls"), to: secret("tls", keys: ["tls.crt"]), in: view)
        #expect(found.map(\.rule) == ["secret/unusable-for-proxy"])
        #expect(found.map(\.problem) == ["it has no key tls.key, and HTTPProxy test/shop uses it"])
        #expect(try findings(.secrets, secret("tls"), to: secret("tls"), in: view) == [])
    }

    @Test func warnsOfAnAuthorityOfABackendThatSpeaksTLS() throws {
        func proxy(_ name: String, speaking spoken: String?) -> JSONValue {
            var proxy = root(name, [route("/", ["web"])])
            var service: JSONValue = [
                "name": "web", "port": 80, "validation": ["caSecret": "tls", "subjectName": "a"],
            ]
            service["protocol"] = spoken.map { .string($0) }
            proxy[path: "spec", "routes"] = [["services": [service]]]
            return proxy
        }
        let view = view([
            (.services, service("web")), (.secrets, secret("tls")), (.httpProxies, proxy("plain", speaking: nil)),
            (.httpProxies, proxy("safe", speaking: "tls")),
        ])
        let found = try findings(.secrets, secret("tls"), in: view)
        #expect(found.map(\.problem) == ["HTTPProxy test/safe needs it"])
        #expect(found.map(\.effect) == ["all routes of this object are dropped"])
    }

    @Test func warnsOfADelegationThatGoesOrNarrows() throws {
        func delegation(_ targets: JSONValue) -> JSONValue {
            let list: JSONValue = [["secretName": "tls", "targetNamespaces": targets]]
            return object("d", ["delegations": list], namespace: "certs")
        }
        let stored = delegation(["test", "web"])
        let view = view([
            (.secrets, secret("tls", namespace: "certs")), (.tlsCertificateDelegations, stored),
            (.httpProxies, root("shop", [], tls: "certs/tls")),
            (.httpProxies, root("own", [], tls: "tls", namespace: "certs")),
        ])
        for next in [nil, delegation(["web"]), delegation(["*", "web"])] {
            // What is wrong with the delegation itself is told by other rules.
            let found = try findings(.tlsCertificateDelegations, stored, to: next, in: view).filter {
                $0.rule == "tlscertificatedelegation/needed-by-proxy"
            }
            #expect(found.map(\.problem) == ["HTTPProxy test/shop needs it"])
        }
        #expect(try findings(.tlsCertificateDelegations, stored, to: delegation(["*"]), in: view) == [])
    }

    @Test func warnsOfAnExtensionServiceAndOfWhatItNeeds() throws {
        var proxy = root("shop", [route("/", ["web"])], tls: "tls")
        proxy[path: "spec", "virtualhost", "authorization"] = ["extensionRef": ["name": "auth"]]
        let auth = object("auth", ["services": [["name": "checker", "port": 80]]])
        let view = view([
            (.services, service("web")), (.services, service("checker")), (.secrets, secret("tls")),
            (.extensionServices, auth), (.httpProxies, proxy),
        ])
        let found = try findings(.extensionServices, auth, in: view)
        #expect(found.map(\.rule) == ["extensionservice/needed-by-proxy"])
        #expect(found.map(\.effect) == ["shop.example.com is not served"])
        let broken = object("auth", ["services": [["name": "none", "port": 80]]])
        #expect(try findings(.extensionServices, auth, to: broken, in: view).count == 1)
        let behind = try findings(.services, service("checker"), in: view)
        #expect(behind.map(\.reported?.description) == ["Contour: AuthError/ExtensionServiceNotFound"])
    }

    @Test func saysNothingWhereACanaryMakesItAnew() throws {
        let canary = object("podinfo", ["targetRef": ["kind": "Deployment", "name": "podinfo"]])
        let view = view([
            (.canaries, canary), (.services, service("podinfo")),
            (.httpProxies, root("shop", [route("/", ["podinfo"])])),
        ])
        #expect(try findings(.services, service("podinfo"), in: view) == [])
    }
}
