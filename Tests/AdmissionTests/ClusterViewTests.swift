import Admission
import JSON
import Kubernetes
import Testing

@Suite struct ClusterViewTests {
    private func canary(_ name: String, target: String, namespace: String = "test") -> JSONValue {
        [
            "metadata": ["name": .string(name), "namespace": .string(namespace)],
            "spec": ["targetRef": ["kind": "Deployment", "name": .string(target)]],
        ]
    }

    private func deployment(_ name: String, namespace: String = "test") -> JSONValue {
        ["metadata": ["name": .string(name), "namespace": .string(namespace)]]
    }

    @Test func findsObjectsByKey() {
        let podinfo = deployment("podinfo")
        let view = ClusterView([.deployments: [podinfo.key: podinfo]])
        #expect(view.object(.deployments, ObjectKey(namespace: "test", name: "podinfo")) == podinfo)
        #expect(view.object(.deployments, ObjectKey(namespace: "prod", name: "podinfo")) == nil)
        #expect(view.object(.services, ObjectKey(namespace: "test", name: "podinfo")) == nil)
        #expect(view.knows(.deployments))
        #expect(!view.knows(.services))
    }

    @Test func doesNotKnowAKindBeforeItIsComplete() {
        var view = ClusterView()
        view.expect(.secrets)
        view.set(.secrets, ["metadata": ["name": "a", "namespace": "test"]])
        #expect(!view.knows(.secrets))
        #expect(view.objects(.secrets).map(\.name) == ["a"])
        view.complete(.secrets)
        #expect(view.knows(.secrets))
        view.expect(.daemonSets)
        view.complete(.daemonSets)
        #expect(view.knows(.daemonSets))
    }

    @Test func listsOneNamespaceOrAll() {
        var view = ClusterView()
        view.set(.deployments, deployment("a"))
        view.set(.deployments, deployment("b", namespace: "prod"))
        #expect(view.objects(.deployments, namespace: "test").map(\.name) == ["a"])
        #expect(Set(view.objects(.deployments).map(\.name)) == ["a", "b"])
        #expect(view.objects(.deployments, namespace: "none").isEmpty)
    }

    @Test func findsCanariesByTheirTarget() {
        var view = ClusterView()
        view.set(.canaries, canary("b", target: "podinfo"))
        view.set(.canaries, canary("a", target: "podinfo"))
        view.set(.canaries, canary("c", target: "podinfo", namespace: "prod"))
        #expect(view.canary(forTarget: "Deployment", namespace: "test", name: "podinfo")?.name == "a")
        #expect(view.canaries(forTarget: "Deployment", namespace: "test", name: "podinfo").map(\.name) == ["a", "b"])
        #expect(view.canary(forTarget: "DaemonSet", namespace: "test", name: "podinfo") == nil)
    }

    @Test func followsACanaryToItsNewTarget() {
        var view = ClusterView()
        view.set(.canaries, canary("a", target: "old"))
        view.set(.canaries, canary("a", target: "new"))
        #expect(view.canary(forTarget: "Deployment", namespace: "test", name: "old") == nil)
        #expect(view.canary(forTarget: "Deployment", namespace: "test", name: "new")?.name == "a")
        view.remove(.canaries, ObjectKey(namespace: "test", name: "a"))
        #expect(view.canary(forTarget: "Deployment", namespace: "test", name: "new") == nil)
    }

    @Test func takesInWhatInformersSee() {
        let store = ClusterViewStore()
        let before = store.current
        store.apply(.deployments, .added(deployment("a")))
        let between = store.current
        var changed = deployment("a")
        changed[path: "spec", "replicas"] = 2
        store.apply(.deployments, .updated(old: deployment("a"), new: changed))
        #expect(!before.knows(.deployments))
        #expect(between.objects(.deployments) == [deployment("a")])
        #expect(store.current.objects(.deployments) == [changed])
        store.apply(.deployments, .deleted(changed))
        #expect(store.current.objects(.deployments).isEmpty)
        #expect(store.current.knows(.deployments))
    }

    @Test func replacesAKindWhole() {
        let store = ClusterViewStore()
        store.apply(.canaries, .added(canary("a", target: "x")))
        store.replace(.canaries, with: [canary("b", target: "y")])
        #expect(store.current.canary(forTarget: "Deployment", namespace: "test", name: "x") == nil)
        #expect(store.current.canary(forTarget: "Deployment", namespace: "test", name: "y")?.name == "b")
    }
}
