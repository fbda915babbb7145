import Admission
import ContourAPI
import JSON
import Kubernetes
import Testing

@Suite(.timeLimit(.minutes(1))) struct RouteGraphTests {
    @Test func joinsConditionsAlongTheIncludes() throws {
        let stage = try ProxyStage([
            "root": rootSpec(
                """
                "includes":[{"name":"child","conditions":[{"prefix":"/a/"},{"header":{"name":"X","exact":"1"}}]}],
                "routes":[\(route("/a", "cart"))]
                """
            ), "child": #"{"routes":[\#(route("/b", "shop")),\#(route("/", "shop-primary"))]}"#,
        ])
        #expect(stage.answer("/a/b", headers: ["x": "1"]) == "shop 100")
        #expect(stage.answer("/a/c", headers: ["x": "1"]) == "shop-primary 100")
        #expect(stage.answer("/a/b") == "cart 100")
        let node = stage.evaluation.hosts[0].root.includes[0].child
        #expect(node?.routes.map(\.match.words) == ["/a/b where X is 1", "/a/ where X is 1"])
    }

    /// Routes by their conditions, the request, and which of them takes it.
    @Test(
        arguments: [
            (["[{\"prefix\":\"/a\"}]", "[{\"prefix\":\"/a/b\"}]"], "/a/b", 1),
            (["[{\"exact\":\"/a\"}]", "[{\"prefix\":\"/a\"}]"], "/a", 0),
            (["[{\"prefix\":\"/abc\"}]", "[{\"regex\":\"/a.c\"}]"], "/abc", 1),
            (["[{\"exact\":\"/a\"}]", "[{\"regex\":\"/.*\"}]"], "/a", 0),
            (["[{\"prefix\":\"/\"}]", "[{\"header\":{\"name\":\"x\",\"notpresent\":true}}]"], "/", 1),
            (["[]", "[{\"header\":{\"name\":\"x\",\"notexact\":\"v\"}}]"], "/", 0),
            (["[]", "[{\"header\":{\"name\":\"x\",\"notexact\":\"v\",\"treatMissingAsEmpty\":true}}]"], "/", 1),
            (["[]", "[{\"header\":{\"name\":\"x\"}}]"], "/", 1),
            (["[{\"prefix\":\"/a\"}]", "[{\"prefix\":\"/a\"}]"], "/a", 1),
        ] as [([String], String, Int)]
    )
    func asksRoutesInEnvoysOrder(conditions: [String], path: String, taker: Int) throws {
        let routes = zip(conditions, ["shop", "cart"]).map { conditions, service in
            #"{"conditions":\#(conditions),"services":[{"name":"\#(service)","port":80}]}"#
        }
        let stage = try ProxyStage(["root": rootSpec("\"routes\":[\(routes.joined(separator: ","))]")])
        #expect(stage.answer(path) == ["shop 100", "cart 100"][taker])
    }

    @Test func prefersAnObjectsOwnRouteToItsIncludes() throws {
        let stage = try ProxyStage([
            "root": rootSpec(#""includes":[{"name":"child"}],"routes":[\#(route("/", "cart"))]"#),
            "child": #"{"routes":[\#(route("/", "shop"))]}"#,
        ])
        #expect(stage.answer("/") == "cart 100")
    }

    @Test func dropsAllRoutesOfAnObjectForOneFault() throws {
        let stage = try ProxyStage([
            "root": rootSpec(
                #""includes":[\#(include("middle", "/m")),\#(include("other", "/o"))],"routes":[\#(route("/", "shop"))]"#
            ),
            "middle": #"{"includes":[\#(include("child", "/c"))],"routes":[\#(route("/x", "shop")),{}]}"#,
            "child": #"{"routes":[\#(route("/", "shop-primary"))]}"#, "other": #"{"routes":[\#(route("/", "cart"))]}"#,
        ])
        #expect(stage.status("middle") == ["RouteError/RouteActionCountNotValid"])
        #expect(stage.status("child") == ["valid"])
        #expect(stage.status("root") == ["valid"])
        #expect(stage.answer("/m/c/") == "shop 100")
        #expect(stage.evaluation.hosts[0].routes.map(\.proxy.name) == ["other", "root"])
        #expect(stage.evaluation.hosts[0].root.includes[0].child?.isDropped == true)
        #expect(stage.answer("/o/") == "cart 100")
    }

    @Test(
        arguments: [
            (#"[{"name":"shop","port":80}]"#, "shop 100"), (#"[{"name":"shop","port":80,"weight":0}]"#, "shop 100"),
            (#"[{"name":"shop","port":80,"weight":3},{"name":"cart","port":80,"weight":1}]"#, "shop 75 + cart 25"),
            (#"[{"name":"shop","port":80},{"name":"cart","port":80}]"#, "shop 50 + cart 50"),
            (#"[{"name":"shop","port":80,"weight":5},{"name":"cart","port":80}]"#, "shop 100 + cart 0"),
            (
                #"[{"name":"shop","port":80},{"name":"cart","port":80,"mirror":true,"weight":20}]"#,
                "shop 100 + cart 20 copied"
            ),
            (
                #"[{"name":"shop","port":80},{"name":"cart","port":80,"mirror":true}]"#,
                "shop 100 + cart 100 copied"
            ),
            (#"[{"name":"cart","port":80,"mirror":true}]"#, "503"),
        ] as [(String, String)]
    )
    func sharesRequestsByWeights(services: String, answer: String) throws {
        let stage = try ProxyStage(["root": rootSpec(#""routes":[{"services":\#(services)}]"#)])
        #expect(stage.answer("/") == answer)
    }

    @Test func answersForRedirectsAndResponses() throws {
        let stage = try ProxyStage([
            "root": rootSpec(
                """
                "routes":[{"conditions":[{"prefix":"/old"}],"requestRedirectPolicy":
                {"scheme":"https","hostname":"b.example.com","port":8443,"path":"/new","statusCode":301}},
                {"conditions":[{"prefix":"/"}],"directResponsePolicy":{"statusCode":410}}]
                """
            )
        ])
        #expect(stage.answer("/old") == "301 https://b.example.com:8443/new")
        #expect(stage.answer("/") == "410")
    }
}
