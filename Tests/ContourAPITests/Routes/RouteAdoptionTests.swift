import ContourAPI
import FlaggerAPI
import JSON
import Testing

/// What becomes of an HTTPProxy that a hand-over has left.
@Suite(.timeLimit(.minutes(1))) struct RouteAdoptionTests {
    private static let apex: JSONValue = [
        "name": "shop", "port": 8080, "responseHeadersPolicy": ["set": [["name": "x-served", "value": "shop"]]],
    ]
    private static let recorder: JSONValue = ["name": "recorder", "port": 80, "weight": 5, "mirror": true]
    private static let docs: JSONValue = [
        "conditions": [["prefix": "/docs"]], "services": [["name": "docs", "port": 80]],
    ]

    private static func left(_ routes: JSONValue..., owner: JSONValue? = nil, mark: JSONValue? = "old") -> JSONValue {
        var proxy: JSONValue = [
            "metadata": ["name": "shop", "namespace": "web", "resourceVersion": "1", "annotations": ["team": "a"]],
            "spec": ["routes": .array(routes)],
        ]
        proxy[path: "metadata", "annotations", Handover.leftBy] = mark
        proxy[path: "metadata", "ownerReferences"] = owner.map { [$0] }
        return proxy
    }

    private static func route(_ services: JSONValue...) -> JSONValue {
        ["conditions": [["prefix": "/"]], "timeoutPolicy": ["response": "9s"], "services": .array(services)]
    }

    @Test func isTakenOverWithAllThatTheTeamHasOnIt() throws {
        let canary = try RouteScene.canary([:])
        let proxy = Self.left(Self.docs, Self.route(Self.apex, Self.recorder))
        #expect(CanaryRoute.isLeft(proxy, for: canary))
        let adopted = try CanaryRoute.adopted(proxy, for: canary)
        let policy = Self.apex["responseHeadersPolicy"] ?? .null
        #expect(
            adopted[path: "spec", "routes"] == [
                Self.docs,
                Self.route(
                    ["name": "shop-primary", "port": 80, "responseHeadersPolicy": policy, "weight": 100],
                    ["name": "shop-canary", "port": 80, "responseHeadersPolicy": policy, "weight": 0],
                    Self.recorder
                ),
            ]
        )
        #expect(adopted[path: "metadata", "ownerReferences"] == [canary.ownerReference])
        #expect(adopted[path: "metadata", "annotations"] == ["team": "a"])
        #expect(adopted[path: "metadata", "resourceVersion"] == "1")
        #expect(!CanaryRoute.isLeft(adopted, for: canary))
        #expect(
            CanaryRoute.reading(of: adopted, for: canary) == CanaryRouteReading(.home, isComplete: true)
        )
    }

    @Test func getsTheRoutesOfTheNewStrategyAtOnce() throws {
        let canary = try RouteScene.canary(["match": [["headers": ["x-canary": ["exact": "insider"]]]]])
        let adopted = try CanaryRoute.adopted(Self.left(Self.route(Self.apex)), for: canary)
        #expect(adopted[path: "spec", "routes"]?.array?.count == 2)
        #expect(CanaryRoute.reading(of: adopted, for: canary) == CanaryRouteReading(.home, isComplete: true))
    }

    @Test func isLeftAloneWhereItIsNoLongerWhatTheHandOverLeft() throws {
        let canary = try RouteScene.canary([:])
        let owner: JSONValue = ["kind": "HelmRelease", "name": "shop", "uid": "h1"]
        var copies = Self.apex
        copies["mirror"] = true
        let others = [
            Self.left(Self.route(Self.apex), mark: nil), Self.left(Self.route(Self.apex), owner: owner),
            Self.left(Self.docs), Self.left(Self.route(copies)), Self.left(),
        ]
        #expect(others.map { CanaryRoute.isLeft($0, for: canary) } == [false, false, false, false, false])
    }
}
