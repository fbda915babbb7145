import JSON
import Kubernetes
import Platform
import Sandbox
import TestSupport
import Testing

/// Callers who differ, and routes that tell them apart.
@Suite(.timeLimit(.minutes(1))) struct CallerTests {
    private static let pinned: JSONValue = [
        "conditions": [["header": ["name": "Cookie", "regex": "^(.*; *)?who=canary(;.*)?$"]], ["prefix": "/"]],
        "services": [["name": "canary", "port": 80]],
    ]

    private func scene(
        _ callers: [CallerGroup],
        _ routes: [JSONValue],
        session: Duration = .seconds(600)
    ) -> TrafficScene {
        var settings = TrafficSettings()
        settings.callers = callers
        settings.sessionLength = session
        let scene = TrafficScene(settings: settings)
        scene.cluster.put(.httpProxies, root(routes: routes))
        return scene
    }

    /// A route by weights whose canary gives a cookie to its callers.
    private static func giving(_ primary: Int, _ canary: Int) -> JSONValue {
        var entry: JSONValue = ["name": "canary", "port": 80, "weight": .number(JSONNumber(canary))]
        entry["responseHeadersPolicy"] = ["set": [["name": "Set-Cookie", "value": "who=canary; Max-Age=60; Path=/"]]]
        return ["services": [["name": "primary", "port": 80, "weight": .number(JSONNumber(primary))], entry]]
    }

    @Test func areSentByHeadersAndParameters() {
        let insider: JSONValue = [
            "conditions": [["header": ["name": "x-canary", "exact": "insider"]], ["prefix": "/"]],
            "services": [["name": "canary", "port": 80]],
        ]
        let beta: JSONValue = [
            "conditions": [["queryParameter": ["name": "beta", "prefix": "y"]], ["prefix": "/"]],
            "services": [["name": "canary", "port": 80]],
        ]
        let scene = scene(
            [
                CallerGroup("insiders", share: 0.1, headers: ["X-Canary": "insider"]),
                CallerGroup("testers", share: 0.2, parameters: ["beta": "yes"]),
                CallerGroup("others", share: 0.7, headers: ["x-canary": "no"], parameters: ["beta": "no"]),
            ],
            [insider, beta, route(["primary": 1])]
        )
        scene.run(for: .seconds(100))
        #expect(scene.answers("canary") == 1_500)
        #expect(scene.answers("primary") == 3_500)
    }

    @Test func askForTheirOwnPath() {
        let scene = scene(
            [CallerGroup("api", share: 0.4, path: "/api/items"), CallerGroup("web", share: 0.6)],
            [route("/api", ["canary": 1]), route(["primary": 1])]
        )
        scene.run(for: .seconds(10))
        #expect(scene.answers("canary") == 200)
        #expect(scene.answers("primary") == 300)
    }

    @Test func stayWithTheCanaryByItsCookie() {
        let scene = scene(
            [CallerGroup(keepsCookies: true)],
            [Self.pinned, Self.giving(90, 10)],
            session: .seconds(1_000_000)
        )
        scene.run(for: .seconds(20))
        let early = scene.answers("canary")
        #expect(early > 100 && early < 250)
        scene.run(for: .seconds(400))
        // All callers have been drawn in, one request in ten after the other.
        let late = scene.answers("canary")
        scene.run(for: .seconds(10))
        #expect(scene.answers("canary") - late > 400)
    }

    @Test func whoKeepNoCookiesFollowTheWeightsAlone() {
        let scene = scene([CallerGroup()], [Self.pinned, Self.giving(90, 10)])
        scene.run(for: .seconds(200))
        #expect(scene.answers("canary") == 1_000)
    }

    @Test func leaveAndComeWithoutACookie() {
        let scene = scene([CallerGroup(keepsCookies: true)], [Self.pinned, Self.giving(90, 10)], session: .seconds(20))
        scene.run(for: .seconds(400))
        let before = scene.answers("canary")
        scene.run(for: .seconds(100))
        let share = Double(scene.answers("canary") - before) / 5_000
        // A twentieth of those with a cookie leaves each second, and at most 5 of 1,000 callers are drawn in.
        #expect(share > 0.15 && share < 0.25)
    }

    @Test func areMuchTheSameHoweverTimeIsDivided() {
        let fine = scene([CallerGroup(keepsCookies: true)], [Self.pinned, Self.giving(50, 50)])
        let coarse = scene([CallerGroup(keepsCookies: true)], [Self.pinned, Self.giving(50, 50)])
        fine.run(for: .seconds(60), step: .milliseconds(500))
        coarse.run(for: .seconds(60), step: .seconds(2))
        #expect(abs(fine.answers("canary") - coarse.answers("canary")) < 60)
        // Fractions of a request are kept for each set of cookies.
        for scene in [fine, coarse] {
            let all = scene.answers("canary") + scene.answers("primary")
            #expect(all > 2_990 && all <= 3_000)
        }
    }

    @Test func areReadFromSettings() throws {
        #expect(
            try CallerGroup(parsing: "insiders=10%,header:x-canary=insider,parameter:beta=,path:/api,cookies")
                == CallerGroup(
                    "insiders",
                    share: 0.1,
                    path: "/api",
                    headers: ["x-canary": "insider"],
                    parameters: ["beta": ""],
                    keepsCookies: true
                )
        )
        let groups = try CallerGroup.all(parsing: ["a=10%", "b=25%"])
        #expect(groups.map(\.name) == ["a", "b", "others"])
        #expect(groups.map(\.share) == [0.1, 0.25, 0.65])
        #expect(try CallerGroup.all(parsing: ["a=100%"]).count == 1)
    }

    @Test(arguments: [
        "a", "a=10", "=10%", "a=101%", "a=x%", "a=1%,header:x", "a=1%,header:=y", "a=1%,path:api", "a=1%,cookies=1",
        "a=1%,cookies:x", "a=1%,",
    ])
    func whoCannotBeReadAreRefused(setting: String) {
        #expect(throws: CallerGroupError.self) { try CallerGroup(parsing: setting) }
        #expect(throws: CallerGroupError.self) { try CallerGroup.all(parsing: ["a=60%", "b=60%"]) }
    }
}
