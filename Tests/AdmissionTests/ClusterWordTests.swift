import Admission
import JSON
import Kubernetes
import Testing

/// Objects by a word of theirs.
@Suite(.timeLimit(.minutes(1))) struct ClusterWordTests {
    private func object(_ name: String, _ spec: JSONValue, namespace: String = "test") -> JSONValue {
        ["metadata": ["name": .string(name), "namespace": .string(namespace)], "spec": spec]
    }

    private func workload(_ name: String, app: String) -> JSONValue {
        object(name, ["template": ["metadata": ["labels": ["app": .string(app), "tier": "web"]]]])
    }

    @Test func followTheObject() {
        var view = ClusterView()
        let word = ClusterView.Word.podLabel(key: "app", value: "a")
        func names() -> [String] { view.objects(.deployments, with: word, namespace: "test").map(\.name) }
        view.set(.deployments, workload("two", app: "a"))
        view.set(.deployments, workload("one", app: "a"))
        #expect(names() == ["one", "two"])
        view.set(.deployments, workload("two", app: "b"))
        #expect(names() == ["one"])
        view.remove(.deployments, workload("one", app: "a").key)
        #expect(names() == [])
        view.replace(.deployments, with: [workload("three", app: "a")])
        #expect(names() == ["three"])
    }

    @Test func areOfOneKindAndNamespace() {
        var view = ClusterView()
        view.set(.deployments, workload("a", app: "a"))
        let word = ClusterView.Word.podLabel(key: "app", value: "a")
        #expect(view.objects(.daemonSets, with: word, namespace: "test").isEmpty)
        #expect(view.objects(.deployments, with: word, namespace: "prod").isEmpty)
    }

    @Test func areWhatOthersAskFor() {
        var view = ClusterView()
        view.set(.services, object("s", ["selector": ["app": "a", "tier": "web"]]))
        view.set(.networkPolicies, object("n", ["podSelector": ["matchLabels": ["app": "a"]]]))
        view.set(.podDisruptionBudgets, object("p", ["selector": ["matchLabels": ["app": "a"]]]))
        for type in [ResourceType.services, .networkPolicies, .podDisruptionBudgets] {
            #expect(view.objects(type, with: .selects(key: "app", value: "a"), namespace: "test").count == 1)
        }
        view.set(.autoscalers, object("h", ["scaleTargetRef": ["name": "a"]]))
        #expect(view.objects(.autoscalers, with: .scales("a"), namespace: "test").map(\.name) == ["h"])
        var reader = object("r", .null)
        reader[path: "spec", "template", "spec", "containers"] = [["envFrom": [["configMapRef": ["name": "c"]]]]]
        view.set(.deployments, reader)
        let reference = ConfigReference.all(in: reader).first
        #expect(reference?.kind == "ConfigMap")
        #expect(reference.map { view.objects(.deployments, with: .reads($0), namespace: "test").count } == 1)
    }

    /// An include may lead to another namespace, a route to Services of its own alone.
    @Test func ofAProxyAreThoseOfWhereItLeads() {
        var view = ClusterView()
        let root = object(
            "root",
            [
                "includes": [["name": "a", "namespace": "test"], ["name": "b"]],
                "routes": [["services": [["name": "web", "port": 80]]]],
            ],
            namespace: "edge"
        )
        view.set(.httpProxies, root)
        #expect(view.objects(.httpProxies, with: .includes("a"), namespace: "test").map(\.name) == ["root"])
        #expect(view.objects(.httpProxies, with: .includes("b"), namespace: "edge").map(\.name) == ["root"])
        #expect(view.objects(.httpProxies, with: .includes("b"), namespace: "test").isEmpty)
        #expect(view.objects(.httpProxies, with: .leadsTo("web"), namespace: "edge").map(\.name) == ["root"])
    }

    @Test func ofAProxyAreItsTCPBackendsAndIncludes() {
        var view = ClusterView()
        let services: JSONValue = ["services": [["name": "db", "port": 5432]]]
        view.set(.httpProxies, object("direct", ["tcpproxy": services]))
        view.set(.httpProxies, object("new", ["tcpproxy": ["include": ["name": "direct"]]]))
        view.set(.httpProxies, object("old", ["tcpproxy": ["includes": ["name": "direct", "namespace": "test"]]]))
        #expect(view.keys(.httpProxies, with: .leadsTo("db"), namespace: "test").map(\.name) == ["direct"])
        #expect(view.keys(.httpProxies, with: .includes("direct"), namespace: "test").map(\.name) == ["new", "old"])
    }

    static let secrets: [(String, JSONValue)] = [
        ("certificate", ["virtualhost": ["tls": ["secretName": "certs/a"]]]),
        ("authority", ["virtualhost": ["tls": ["clientValidation": ["caSecret": "certs/a"]]]]),
        ("revocations", ["virtualhost": ["tls": ["clientValidation": ["crlSecret": "certs/a"]]]]),
        ("route", ["routes": [["services": [["name": "web", "validation": ["caSecret": "certs/a"]]]]]]),
        ("tcp", ["tcpproxy": ["services": [["name": "web", "validation": ["caSecret": "certs/a"]]]]]),
        (
            "tokens",
            ["virtualhost": ["jwtProviders": [["remoteJWKS": ["validation": ["caSecret": "certs/a"]]]]]]
        ),
    ]

    @Test(arguments: secrets) func ofAProxyAreTheSecretsThatItUses(use: String, spec: JSONValue) {
        var view = ClusterView()
        view.set(.httpProxies, object("p", spec))
        #expect(view.count(.httpProxies, with: .usesSecret("a"), namespace: "certs") == 1)
        view.set(.httpProxies, object("p", .object(JSONObject())))
        #expect(view.count(.httpProxies, with: .usesSecret("a"), namespace: "certs") == 0)
    }

    @Test func nameASecretOfTheOwnNamespaceWithoutIt() {
        var view = ClusterView()
        view.set(
            .httpProxies,
            object("p", ["virtualhost": ["jwtProviders": [["localJWKS": ["secretName": "keys", "key": "k"]]]]])
        )
        view.set(.extensionServices, object("e", ["services": [["name": "auth"]], "validation": ["caSecret": "keys"]]))
        view.set(.tlsCertificateDelegations, object("d", ["delegations": [["secretName": "keys"]]]))
        #expect(view.keys(.httpProxies, with: .usesSecret("keys"), namespace: "test").map(\.name) == ["p"])
        #expect(view.keys(.extensionServices, with: .usesSecret("keys"), namespace: "test").map(\.name) == ["e"])
        #expect(view.keys(.extensionServices, with: .leadsTo("auth"), namespace: "test").map(\.name) == ["e"])
        #expect(view.keys(.tlsCertificateDelegations, with: .delegates("keys"), namespace: "test").map(\.name) == ["d"])
    }

    @Test func nameTheExtensionServiceThatAuthorises() {
        var view = ClusterView()
        let reference: JSONValue = ["name": "auth", "namespace": "edge"]
        view.set(.httpProxies, object("p", ["virtualhost": ["authorization": ["extensionRef": reference]]]))
        view.set(.httpProxies, object("q", ["virtualhost": ["authorization": ["extensionRef": ["name": "auth"]]]]))
        #expect(view.keys(.httpProxies, with: .usesExtension("auth"), namespace: "edge").map(\.name) == ["p"])
        #expect(view.keys(.httpProxies, with: .usesExtension("auth"), namespace: "test").map(\.name) == ["q"])
    }

    /// Whoever holds a picture finds in it what was there when it was handed out.
    @Test func ofAPictureThatWasHandedOutDoNotChange() {
        var view = ClusterView()
        for name in ["a", "b", "c"] { view.set(.deployments, workload(name, app: "x")) }
        let before = view
        view.set(.deployments, workload("b", app: "y"))
        view.remove(.deployments, workload("c", app: "x").key)
        let word = ClusterView.Word.podLabel(key: "app", value: "x")
        #expect(before.objects(.deployments, with: word, namespace: "test").map(\.name) == ["a", "b", "c"])
        #expect(view.objects(.deployments, with: word, namespace: "test").map(\.name) == ["a"])
        #expect(before.objects(.deployments).count == 3)
        #expect(view.count(.deployments, with: word, namespace: "test") == 1)
    }
}
