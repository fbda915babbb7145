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
}
