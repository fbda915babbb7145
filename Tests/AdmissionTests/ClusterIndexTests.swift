import Admission
import JSON
import Kubernetes
import Testing

@Suite(.timeLimit(.minutes(1))) struct ClusterIndexTests {
    private func canary(_ name: String, target: String, service: String? = nil) -> JSONValue {
        var canary: JSONValue = [
            "metadata": ["name": .string(name), "namespace": "test"],
            "spec": ["targetRef": ["kind": "Deployment", "name": .string(target)]],
        ]
        canary[path: "spec", "service", "name"] = service.map(JSONValue.string)
        return canary
    }

    private func proxy(_ name: String, host: String?) -> JSONValue {
        var proxy: JSONValue = ["metadata": ["name": .string(name), "namespace": "test"]]
        proxy[path: "spec", "virtualhost", "fqdn"] = host.map(JSONValue.string)
        return proxy
    }

    @Test func findsCanariesWhoseNamesMayCollide() {
        var view = ClusterView()
        view.set(.canaries, canary("c", target: "shop"))
        view.set(.canaries, canary("b", target: "shop-primary"))
        view.set(.canaries, canary("a", target: "other", service: "shop-canary"))
        view.set(.canaries, canary("d", target: "other"))
        #expect(view.canaries(namedLike: ["shop"], namespace: "test").map(\.name) == ["a", "b", "c"])
        #expect(view.canaries(namedLike: ["shop-primary-canary"], namespace: "test").map(\.name) == ["a", "b", "c"])
        #expect(view.canaries(namedLike: ["other", "cart"], namespace: "test").map(\.name) == ["a", "d"])
        #expect(view.canaries(namedLike: ["shop"], namespace: "prod").isEmpty)
    }

    @Test func findsHTTPProxiesByTheirHost() {
        var view = ClusterView()
        view.set(.httpProxies, proxy("a", host: "App.example.com"))
        view.set(.httpProxies, proxy("b", host: "app.example.com"))
        view.set(.httpProxies, proxy("c", host: nil))
        #expect(Set(view.proxies(withHost: "app.EXAMPLE.com").map(\.name)) == ["a", "b"])
    }

    @Test func followsChanges() {
        var view = ClusterView()
        view.set(.httpProxies, proxy("a", host: "a.example.com"))
        view.set(.httpProxies, proxy("a", host: "b.example.com"))
        #expect(view.proxies(withHost: "a.example.com").isEmpty)
        #expect(view.proxies(withHost: "b.example.com").map(\.name) == ["a"])
        view.remove(.httpProxies, ObjectKey(namespace: "test", name: "a"))
        #expect(view.proxies(withHost: "b.example.com").isEmpty)
        view.set(.canaries, canary("c", target: "shop"))
        view.replace(.canaries, with: [canary("d", target: "cart")])
        #expect(view.canaries(namedLike: ["shop"], namespace: "test").isEmpty)
        #expect(view.canaries(namedLike: ["cart"], namespace: "test").map(\.name) == ["d"])
    }
}
