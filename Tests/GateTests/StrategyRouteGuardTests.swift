import Admission
import Gate
import JSON
import Kubernetes
import Testing

/// What the loop puts on an HTTPProxy for an A/B test, copies and sessions belongs to it as well.
@Suite struct StrategyRouteGuardTests {
    private let guardian = OwnedObjectGuard(controllerUsername: controller)

    private static func services(primary: Int, canary: Int) -> JSONValue {
        [
            ["name": "podinfo-primary", "port": 80, "weight": .number(JSONNumber(primary))],
            ["name": "podinfo-canary", "port": 80, "weight": .number(JSONNumber(canary))],
        ]
    }

    /// The HTTPProxy with a route of an A/B test, copies on the plain one, and a cookie on its primary.
    private static let proxy: JSONValue = {
        let owner: JSONValue = [
            "apiVersion": "flagger.app/v1beta1", "kind": "Canary", "name": "podinfo", "uid": "canary-uid",
            "controller": true,
        ]
        var plain = services(primary: 100, canary: 0).array ?? []
        plain[0]["responseHeadersPolicy"] = [
            "set": [
                ["name": "x-by", "value": "primary"], ["name": "Set-Cookie", "value": "who=1a2b; Max-Age=60; Path=/"],
            ]
        ]
        plain.append(["name": "podinfo-canary", "port": 80, "mirror": true, "weight": 10])
        let insiders: JSONValue = [["header": ["name": "x-canary", "exact": "insider"]], ["prefix": "/"]]
        return [
            "kind": "HTTPProxy",
            "metadata": [
                "name": "podinfo", "namespace": "test", "ownerReferences": [owner],
                "annotations": ["canarygate.dev/alternatives": "[]"],
            ],
            "spec": [
                "routes": [
                    ["conditions": insiders, "services": services(primary: 0, canary: 100)],
                    ["conditions": [["prefix": "/"]], "services": .array(plain)],
                ]
            ],
        ]
    }()

    private func verdict(
        affinity: Bool = true,
        _ change: (inout [JSONValue]) -> Void
    ) throws -> Verdict {
        var sent = Self.proxy
        var routes = sent[path: "spec", "routes"]?.array ?? []
        change(&routes)
        sent[path: "spec", "routes"] = .array(routes)
        return try verdict(on: sent, affinity: affinity)
    }

    private func verdict(on sent: JSONValue, affinity: Bool = true) throws -> Verdict {
        var canary = canary()
        if affinity {
            canary[path: "spec", "analysis", "sessionAffinity"] = ["cookieName": "c", "primaryCookieName": "who"]
        }
        let call = try request(.update, .httpProxies, from: Self.proxy, to: sent)
        return guardian.verdict(on: call, in: view(canary), now: now)
    }

    private func expectRefusal(_ reason: String, _ change: (inout [JSONValue]) -> Void) throws {
        let forbidden = try verdict(change).forbidden ?? ""
        #expect(
            forbidden.hasPrefix("httpproxy/podinfo: \(reason) to the rollout of canary test/podinfo; "),
            "\(forbidden)"
        )
    }

    private static func edit(_ routes: inout [JSONValue], _ place: Int, _ change: (inout [JSONValue]) -> Void) {
        var services = routes[place]["services"]?.array ?? []
        change(&services)
        routes[place]["services"] = .array(services)
    }

    @Test func refusesToChangeARouteOfAnABTest() throws {
        try expectRefusal("weights belong") { Self.edit(&$0, 0) { $0[1]["weight"] = 50 } }
        try expectRefusal("the services of its route belong") { $0.removeFirst() }
        try expectRefusal("the conditions of its route belong") { $0[0]["conditions"] = [["prefix": "/beta"]] }
    }

    @Test func refusesToChangeCopies() throws {
        try expectRefusal("weights belong") { Self.edit(&$0, 1) { $0[2]["weight"] = 100 } }
        try expectRefusal("the services of its route belong") { Self.edit(&$0, 1) { $0.removeLast() } }
    }

    @Test func refusesToChangeCookiesOfSessions() throws {
        let cookie: JSONValue = ["name": "Set-Cookie", "value": "who=9; Path=/"]
        try expectRefusal("session cookies belong") {
            Self.edit(&$0, 1) { $0[0]["responseHeadersPolicy"] = ["set": [cookie]] }
        }
        try expectRefusal("session cookies belong") { Self.edit(&$0, 1) { $0[0]["responseHeadersPolicy"] = nil } }
        try expectRefusal("session cookies belong") {
            Self.edit(&$0, 0) { $0[1]["responseHeadersPolicy"] = ["set": [cookie]] }
        }
    }

    @Test func refusesToChangeTheNoteOfAlternatives() throws {
        var sent = Self.proxy
        sent[path: "metadata", "annotations", "canarygate.dev/alternatives"] = "[[]]"
        #expect(try !verdict(on: sent).isAllowed)
    }

    @Test func letsOtherFieldsAndCookiesBeChanged() throws {
        let other: JSONValue = ["set": [["name": "Set-Cookie", "value": "lang=en"]]]
        #expect(try verdict { Self.edit(&$0, 0) { $0[1]["responseHeadersPolicy"] = other } } == .allowed)
        #expect(try verdict { $0[0]["timeoutPolicy"] = ["response": "5s"] } == .allowed)
        #expect(
            try verdict(affinity: false) { Self.edit(&$0, 1) { $0[0]["responseHeadersPolicy"] = nil } } == .allowed
        )
    }
}
