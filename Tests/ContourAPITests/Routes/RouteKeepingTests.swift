import ContourAPI
import FlaggerAPI
import JSON
import TestSupport
import Testing

/// What a team adds to the HTTPProxy that the loop drives.
@Suite(.timeLimit(.minutes(1))) struct RouteKeepingTests {
    private static let analyses: [JSONValue] = [
        [:],
        ["mirror": true],
        ["match": [["headers": ["x-canary": ["exact": "insider"]]], ["queryParams": ["beta": ["prefix": "y"]]]]],
        ["sessionAffinity": ["cookieName": "c", "primaryCookieName": "p"]],
    ]

    /// Policies that a route may have.
    private static let policies: [(String, JSONValue)] = [
        ("requestHeadersPolicy", ["set": [["name": "x-team", "value": "web"]]]),
        ("responseHeadersPolicy", ["remove": ["server"], "set": [["name": "x-served", "value": "shop"]]]),
        ("rateLimitPolicy", ["local": ["requests": 100, "unit": "second"]]),
        ("timeoutPolicy", ["response": "30s"]),
        ("retryPolicy", ["count": 2, "retryOn": ["connect-failure"]]),
        ("healthCheckPolicy", ["path": "/healthz"]),
        ("enableWebsockets", true),
        ("sparkle", ["level": 9]),
    ]

    /// Copies that a team takes for itself.
    private static let recorder: JSONValue = ["name": "recorder", "port": 80, "weight": 5, "mirror": true]

    private static func pick(_ values: inout SeededValues, _ part: Int) -> Bool {
        Int.random(in: 0..<part, using: &values) == 0
    }

    private static func decorate(_ routes: inout [JSONValue], _ values: inout SeededValues) {
        for index in routes.indices {
            for (name, policy) in policies where pick(&values, 3) { routes[index][name] = policy }
            var services = routes[index]["services"]?.array ?? []
            for place in services.indices where pick(&values, 2) {
                services[place]["responseHeadersPolicy"] = ["set": [["name": "x-by", "value": .string("\(place)")]]]
                services[place]["slowStartPolicy"] = ["window": "10s"]
            }
            if pick(&values, 3) { services.append(["name": "docs", "port": 80, "weight": 0]) }
            if pick(&values, 4) { services.shuffle(using: &values) }
            routes[index]["services"] = .array(services)
        }
        let docs: JSONValue = ["conditions": [["prefix": "/docs"]], "services": [["name": "docs", "port": 80]]]
        if pick(&values, 2) { routes.insert(docs, at: Int.random(in: 0...routes.count, using: &values)) }
        if pick(&values, 3), var second = routes.first(where: { $0["services"]?.array?.count ?? 0 > 1 }) {
            let own = (second["conditions"]?.array ?? []).filter { $0["prefix"] == nil }
            second["conditions"] = .array(own + [["prefix": "/api"]])
            second["timeoutPolicy"] = ["response": "5s"]
            if own.isEmpty { routes.append(second) }
        }
    }

    private static func traffic(_ analysis: JSONValue, _ values: inout SeededValues) -> Traffic {
        var traffic = Traffic(canary: Int.random(in: 0...100, using: &values))
        if analysis["mirror"] != nil, pick(&values, 2) {
            traffic = Traffic(canary: 0, mirror: Int.random(in: 1...100, using: &values))
        }
        if analysis["sessionAffinity"] != nil, traffic.canary > 0, !pick(&values, 4) {
            let run = Int.random(in: 1...3, using: &values)
            traffic.session = SessionCookies(canary: "r\(run)", primary: "r\(run - 1)")
        }
        return traffic
    }

    /// What there is without the loop's parts: other routes, and of plain ones all but weights, copies and cookies.
    private static func teams(_ scene: RouteScene) -> [JSONValue] {
        scene.routes.compactMap { route in
            let isGenerated = (route["conditions"]?.array ?? []).contains {
                $0["header"] != nil || $0["queryParameter"] != nil
            }
            guard !isGenerated else { return nil }
            var route = route
            route["services"] = .array(
                (route["services"]?.array ?? []).filter { $0["mirror"] == nil }.map { service in
                    var service = service
                    service["weight"] = nil
                    let set = (service["responseHeadersPolicy"]?["set"]?.array ?? []).filter {
                        $0["name"] != "Set-Cookie"
                    }
                    service["responseHeadersPolicy"] = set.isEmpty ? nil : ["set": .array(set)]
                    return service
                }
            )
            return route
        }
    }

    @Test(arguments: 0..<40)
    func areKeptWhileTrafficIsWhatIsAskedFor(seed: UInt64) throws {
        var values = SeededValues(seed: seed)
        let analysis = Self.analyses[Int(seed) % Self.analyses.count]
        var scene = try RouteScene(analysis, service: ["timeout": "15s"])
        scene.edit { Self.decorate(&$0, &values) }
        let teams = Self.teams(scene)
        for _ in 0..<6 {
            let traffic = Self.traffic(analysis, &values)
            try scene.set(traffic)
            #expect(scene.reading == CanaryRouteReading(traffic, isComplete: true), "\(scene.proxy.text)")
            #expect(Self.teams(scene) == teams)
            #expect(try scene.set(traffic).isEmpty)
        }
        #expect(try scene.stage.status("shop") == ["valid"])
        try scene.set(.home)
        #expect(try scene.answer() == "primary 100")
        #expect(Self.teams(scene) == teams)
    }

    @Test func newRoutesBehaveLikeThePlainOne() throws {
        let cookies = SessionCookies(canary: "1", primary: nil)
        var scene = try RouteScene(["sessionAffinity": ["cookieName": "c"]])
        scene.edit { routes in
            for (name, policy) in Self.policies { routes[0][name] = policy }
            var services = routes[0]["services"]?.array ?? []
            services[1]["requestHeadersPolicy"] = ["set": [["name": "x-to", "value": "canary"]]]
            services.append(Self.recorder)
            routes[0]["services"] = .array(services)
        }
        try scene.set(Traffic(canary: 20, session: cookies))
        #expect(scene.routes.count == 2)
        for (name, policy) in Self.policies { #expect(scene.routes[0][name] == policy) }
        #expect(
            scene.routes[0]["services"] == [
                ["name": "shop-primary", "port": 80, "weight": 0],
                [
                    "name": "shop-canary", "port": 80, "weight": 100,
                    "requestHeadersPolicy": ["set": [["name": "x-to", "value": "canary"]]],
                ],
                ["name": "recorder", "port": 80, "weight": 5, "mirror": true],
            ]
        )
    }

    @Test func whatIsInTheWayIsSaid() throws {
        let session = Traffic(canary: 5, session: SessionCookies(canary: "1", primary: "0"))
        let cookie: JSONValue = ["set": [["name": "set-cookie", "value": "team=1"]]]
        let affinity: JSONValue = ["sessionAffinity": ["cookieName": "c", "primaryCookieName": "p"]]
        var scene = try RouteScene(affinity)
        scene.edit { $0[0]["responseHeadersPolicy"] = cookie }
        #expect(throws: CanaryRouteConflict.self) { try CanaryRoute.patch(scene.proxy, for: scene.canary, session) }
        scene.edit { $0[0]["responseHeadersPolicy"] = ["remove": ["Set-Cookie"]] }
        #expect(throws: CanaryRouteConflict.self) { try CanaryRoute.patch(scene.proxy, for: scene.canary, session) }
        scene = try RouteScene(affinity)
        scene.edit { routes in
            var services = routes[0]["services"]?.array ?? []
            services[0]["responseHeadersPolicy"] = cookie
            services.append(Self.recorder)
            routes[0]["services"] = .array(services)
        }
        let inTheWay = #expect(throws: CanaryRouteConflict.self) {
            try CanaryRoute.patch(scene.proxy, for: scene.canary, session)
        }
        #expect(
            inTheWay?.description == "spec.routes[0].services[0].responseHeadersPolicy: says what Set-Cookie is, which "
                + "session affinity needs: remove that, or analysis.sessionAffinity"
        )
        let copies = #expect(throws: CanaryRouteConflict.self) {
            try CanaryRoute.patch(scene.proxy, for: scene.canary, Traffic(canary: 0, mirror: 10))
        }
        #expect(
            copies?.description
                == "spec.routes[0].services[2]: copies requests to recorder, and Contour copies those of "
                + "a route to one Service alone: remove that, or analysis.mirror"
        )
        #expect(scene.reading?.traffic == .home)
        #expect(try scene.set(Traffic(canary: 7)).operations.count == 5)
    }

    @Test func routesOfAnEarlierTestGoAndTheTeamsOwnStay() throws {
        var scene = try RouteScene(["match": [["headers": ["x-canary": ["exact": "insider"]]]]])
        scene.edit { routes in
            var own = routes[1]
            own["conditions"] = [["header": ["name": ":method", "exact": "POST"]], ["prefix": "/"]]
            own["timeoutPolicy"] = ["response": "60s"]
            routes.append(own)
        }
        #expect(scene.reading == CanaryRouteReading(.home, isComplete: false))
        try scene.set(.home)
        #expect(scene.reading == CanaryRouteReading(.home, isComplete: true))
        #expect(scene.routes.count == 4)
        scene.canary = try RouteScene.canary(["match": [["headers": ["x-tester": ["exact": "yes"]]]]])
        #expect(scene.reading == CanaryRouteReading(.home, isComplete: false))
        try scene.set(Traffic(canary: 100))
        #expect(scene.reading == CanaryRouteReading(Traffic(canary: 100), isComplete: true))
        #expect(scene.routes.count == 4)
        #expect(try scene.answer(headers: ["x-canary": "insider"]) == "primary 100")
        #expect(try scene.answer(headers: ["x-tester": "yes", ":method": "POST"]) == "canary 100")
        scene.canary = try RouteScene.canary([:])
        #expect(scene.reading == CanaryRouteReading(nil, isComplete: false))
        try scene.set(.home)
        #expect(scene.routes.count == 2)
        #expect(scene.routes[1]["timeoutPolicy"] == ["response": "60s"])
        #expect(scene.proxy[path: "metadata", "annotations", CanaryRoute.alternativesAnnotation] == nil)
        #expect(scene.reading == CanaryRouteReading(.home, isComplete: true))
    }
}
