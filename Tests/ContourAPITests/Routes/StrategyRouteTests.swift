import ContourAPI
import FlaggerAPI
import JSON
import Testing

/// The HTTPProxy of each strategy: what Contour makes of it, what our rules say of it, and what is read off it.
@Suite(.timeLimit(.minutes(1))) struct StrategyRouteTests {
    private static let insiders: JSONValue = [
        "match": [
            ["headers": ["x-canary": ["exact": "insider"], "user-agent": ["regex": "Firefox/.*|Safari"]]],
            ["headers": ["cookie": ["regex": "^(.*?;)?(canary=always)(;.*)?$"]]],
            ["queryParams": ["beta": ["exact": "1"], "from": ["suffix": ".example.com"]]],
            ["headers": ["x-user": ["prefix": "qa."], "x-host": ["suffix": ".test"]]],
        ]
    ]
    private static let affinity: JSONValue = [
        "sessionAffinity": ["cookieName": "shop.canary", "primaryCookieName": "shop-primary", "maxAge": 60]
    ]

    /// Nothing is wrong with it, Contour takes it, and it reads as `traffic`.
    private func expectSound(_ scene: RouteScene, _ traffic: Traffic) throws {
        #expect(try scene.complaints.isEmpty)
        #expect(try scene.stage.status("shop") == ["valid"])
        #expect(scene.reading == CanaryRouteReading(traffic, isComplete: true))
    }

    @Test(arguments: [0, 1, 50, 99, 100])
    func dividesByWeights(share: Int) throws {
        var scene = try RouteScene()
        try scene.set(Traffic(canary: share))
        try expectSound(scene, Traffic(canary: share))
        let parts = [("primary", 100 - share), ("canary", share)].filter { $0.1 > 0 }.map { "\($0.0) \($0.1)" }
        #expect(try scene.answer() == parts.joined(separator: " + "))
    }

    @Test func sendsWhatMatchesToTheCanary() throws {
        var scene = try RouteScene(Self.insiders)
        #expect(scene.routes.count == 5)
        try expectSound(scene, .home)
        let patch = try scene.set(Traffic(canary: 100))
        #expect(
            patch.operations.allSatisfy { operation in
                if case .add(let pointer, _) = operation { return pointer.tokens.last == "weight" }
                if case .test = operation { return true }
                return false
            }
        )
        try expectSound(scene, Traffic(canary: 100))
        let requests: [(headers: [String: String], parameters: [String: String], isMatch: Bool)] = [
            ([:], [:], false),
            (["x-canary": "insider"], [:], false), (["user-agent": "Safari"], [:], false),
            (["x-canary": "insider", "user-agent": "Firefox/1"], [:], true),
            (["X-Canary": "insider", "User-Agent": "Safari"], [:], true),
            (["x-canary": "insider", "user-agent": "not Safari"], [:], false),
            (["cookie": "a=b;canary=always"], [:], true), (["cookie": "canary=never"], [:], false),
            ([:], ["beta": "1", "from": "www.example.com"], true), ([:], ["beta": "1"], false),
            (["x-user": "qa.1", "x-host": "a.test"], [:], true), (["x-user": "qax", "x-host": "a.test"], [:], false),
            (["x-user": "my qa.1", "x-host": "a.test"], [:], false),
            (["x-user": "qa.1", "x-host": "a.test.com"], [:], false),
        ]
        for request in requests {
            let answer = try scene.answer("/cart", headers: request.headers, parameters: request.parameters)
            #expect(answer == (request.isMatch ? "canary 100" : "primary 100"), "\(request)")
        }
        try scene.set(.home)
        #expect(try scene.answer(headers: ["cookie": "canary=always"]) == "primary 100")
    }

    @Test func writesConditionsWithThePathLast() throws {
        let scene = try RouteScene(
            ["match": [["headers": ["x-a": ["exact": "1"], "X-A": ["exact": "1"], "x-b": ["exact": ""]]]]],
            service: ["match": [["uri": ["prefix": "/api"]]]]
        )
        #expect(
            scene.routes[0]["conditions"] == [
                ["header": ["name": "x-a", "exact": "1"]], ["header": ["name": "X-A", "regex": "^1$"]],
                ["header": ["name": "x-b", "regex": "^$"]], ["prefix": "/api"],
            ]
        )
        try expectSound(scene, .home)
    }

    /// Contour refuses a second exact value for a name, and with it the whole object.
    @Test func standsBesideWhatTheTeamsRouteSaysOfTheSameHeader() throws {
        var scene = try RouteScene([
            "match": [["headers": ["X-Region": ["exact": "us"]]], ["queryParams": ["beta": ["prefix": ""]]]]
        ])
        let region: JSONValue = ["header": ["name": "x-region", "exact": "eu"]]
        let beta: JSONValue = ["queryParameter": ["name": "Beta", "exact": "1"]]
        let prefix: JSONValue = ["prefix": "/"]
        scene.edit { routes in
            for own in [region, beta] {
                var route = routes[2]
                route["conditions"] = [own, prefix]
                routes.append(route)
            }
        }
        try scene.set(Traffic(canary: 100))
        try expectSound(scene, Traffic(canary: 100))
        let conditions = scene.routes.compactMap { $0["conditions"] }
        #expect(conditions.contains([["header": ["name": "X-Region", "regex": "^us$"]], region, prefix]))
        #expect(conditions.contains([["header": ["name": "X-Region", "exact": "us"]], beta, prefix]))
        #expect(conditions.contains([["queryParameter": ["name": "beta", "regex": "^.*$"]], beta, prefix]))
        #expect(conditions.contains([["queryParameter": ["name": "beta", "present": true]], region, prefix]))
        #expect(scene.routes.count == 9)
        try scene.set(.home)
        #expect(scene.routes.count == 9)
        scene.canary = try RouteScene.canary([:])
        try scene.set(.home)
        #expect(scene.routes.count == 3)
    }

    @Test func knowsItsRoutesInAnyForm() throws {
        var scene = try RouteScene(["match": [["headers": ["X-Canary": ["exact": "a.b"]]]]])
        scene.edit { $0[0]["conditions"] = [["prefix": "/"], ["header": ["regex": #"^a\.b$"#, "name": "x-canary"]]] }
        #expect(scene.reading == CanaryRouteReading(.home, isComplete: true))
    }

    @Test func escapesByCodePoints() throws {
        let scene = try RouteScene(["match": [["headers": ["x-a": ["prefix": ".\u{301}("]]]]])
        #expect(scene.routes[0]["conditions"]?[0] == ["header": ["name": "x-a", "regex": "^\\.\u{301}\\(.*$"]])
    }

    @Test func copiesByPercent() throws {
        var scene = try RouteScene(["mirror": true])
        for percent in [1, 25, 100] {
            try scene.set(Traffic(canary: 0, mirror: percent))
            try expectSound(scene, Traffic(canary: 0, mirror: percent))
            #expect(try scene.answer() == "primary 100 + canary \(percent) copied")
        }
        try scene.set(Traffic(canary: 10))
        try expectSound(scene, Traffic(canary: 10))
        #expect(scene.routes[0]["services"]?.array?.count == 2)
    }

    @Test func keepsCallersWithWhoAnsweredThem() throws {
        let cookies = SessionCookies(canary: "7c9f", primary: "1a2b")
        var scene = try RouteScene(Self.affinity)
        try expectSound(scene, .home)
        let rest = scene.proxy
        try scene.set(Traffic(canary: 30, session: cookies))
        try expectSound(scene, Traffic(canary: 30, session: cookies))
        #expect(
            try scene.answer() == "primary 70 (shop-primary=1a2b) + canary 30 (shop.canary=7c9f)"
        )
        for (cookie, answer) in [
            ("shop.canary=7c9f", "canary 100"), ("a=b; shop.canary=7c9f; c=d", "canary 100"),
            ("shop-primary=1a2b", "primary 100"),
        ] {
            #expect(try scene.answer(headers: ["Cookie": cookie]) == answer)
        }
        for cookie in ["shop.canary=7c9", "shop.canary=7c9f0", "shopxcanary=7c9f", "xshop.canary=7c9f", "a=shop"] {
            #expect(try scene.answer(headers: ["Cookie": cookie]).contains("primary 70"), "\(cookie)")
        }
        let isWeightsAlone = try scene.set(Traffic(canary: 60, session: cookies)).operations.allSatisfy {
            if case .remove = $0 { false } else { true }
        }
        #expect(isWeightsAlone)
        try scene.set(.home)
        #expect(scene.proxy == rest)
    }

    @Test func givesNewCookiesToANewRun() throws {
        let first = SessionCookies(canary: "aaa", primary: "000")
        let second = SessionCookies(canary: "bbb", primary: "aaa")
        var scene = try RouteScene(Self.affinity, Traffic(canary: 50, session: first))
        try scene.set(Traffic(canary: 20, session: second))
        try expectSound(scene, Traffic(canary: 20, session: second))
        #expect(scene.routes.count == 3)
        #expect(try scene.answer(headers: ["Cookie": "shop.canary=aaa"]).contains("canary 20"))
    }

    @Test func writesTheCookieInFull() throws {
        let canary = try RouteScene.canary([
            "sessionAffinity": [
                "cookieName": "c", "domain": "example.com", "sameSite": "Strict", "httpOnly": true, "secure": true,
                "partitioned": true,
            ]
        ])
        let affinity = try #require(canary.analysis.session)
        #expect(
            affinity.field(name: "c", value: "1")
                == "c=1; Max-Age=86400; Path=/; Domain=example.com; SameSite=Strict; HttpOnly; Partitioned; Secure"
        )
    }
}
