import Admission
import Gate
import JSON
import Kubernetes
import Platform
import Testing

@Suite struct OwnedRouteTests {
    private let guardian = OwnedObjectGuard(controllerUsername: controller)

    private func proxy(primary: Int, canary: Int) -> JSONValue {
        [
            "kind": "HTTPProxy",
            "metadata": [
                "name": "podinfo", "namespace": "test",
                "ownerReferences": [
                    [
                        "apiVersion": "flagger.app/v1beta1", "kind": "Canary", "name": "podinfo", "uid": "canary-uid",
                        "controller": true,
                    ]
                ],
            ],
            "spec": [
                "routes": [
                    [
                        "conditions": [["prefix": "/"]],
                        "services": [
                            ["name": "podinfo-primary", "port": 80, "weight": .number(JSONNumber(primary))],
                            ["name": "podinfo-canary", "port": 80, "weight": .number(JSONNumber(canary))],
                        ],
                    ]
                ]
            ],
        ]
    }

    private func verdict(to sent: JSONValue) throws -> Verdict {
        let call = try request(.update, .httpProxies, from: proxy(primary: 100, canary: 0), to: sent)
        return guardian.verdict(on: call, in: view(canary()), now: now)
    }

    @Test func refusesWeightsByHand() throws {
        #expect(
            try verdict(to: proxy(primary: 0, canary: 100))
                == Verdict(
                    forbidden:
                        "httpproxy/podinfo belongs to canary podinfo: weights and services of its route are set by "
                        + "the analysis alone; instead run: kubectl -n test patch canary/podinfo --type=merge -p "
                        + "'{\"spec\":{\"skipAnalysis\":true}}' (promotes at once) or kubectl -n test rollout undo "
                        + "deployment/podinfo (goes back); or, to do it by hand all the same: kubectl -n test annotate "
                        + "httpproxy/podinfo canarygate.dev/break-glass='<reason>'"
                )
        )
    }

    @Test func refusesAnotherRouteToTheCanary() throws {
        var sent = proxy(primary: 100, canary: 0)
        let routes = sent[path: "spec", "routes"]?.array ?? []
        let extra: JSONValue = [
            "conditions": [["prefix": "/beta"]], "services": [["name": "podinfo-canary", "port": 80]],
        ]
        sent[path: "spec", "routes"] = .array(routes + [extra])
        #expect(try !verdict(to: sent).isAllowed)
    }

    @Test func refusesATCPProxyToTheCanary() throws {
        var sent = proxy(primary: 100, canary: 0)
        sent[path: "spec", "tcpproxy"] = ["services": [["name": "podinfo-canary", "port": 80]]]
        #expect(try !verdict(to: sent).isAllowed)
    }

    @Test func letsTheTeamsOwnEditsThrough() throws {
        var sent = proxy(primary: 100, canary: 0)
        var route = sent[path: "spec", "routes"]?[0] ?? .null
        route["timeoutPolicy"] = ["response": "30s"]
        let own: JSONValue = ["conditions": [["prefix": "/docs"]], "services": [["name": "docs", "port": 80]]]
        sent[path: "spec", "routes"] = [own, route]
        #expect(try verdict(to: sent) == .allowed)
    }
}
