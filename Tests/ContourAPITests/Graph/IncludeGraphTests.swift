import Admission
import ContourAPI
import JSON
import Kubernetes
import Testing

@Suite(.timeLimit(.minutes(1))) struct IncludeGraphTests {
    private static let child = #"{"routes":[\#(route("/", "shop"))]}"#

    @Test func servesAChildBelowItsRoot() throws {
        let stage = try ProxyStage([
            "root": rootSpec(#""includes":[\#(include("child", "/shop"))]"#), "child": Self.child,
        ])
        #expect(stage.status("root") == ["valid"])
        #expect(stage.status("child") == ["valid"])
        #expect(stage.answer("/shop/cart") == "shop 100")
        #expect(stage.answer("/other") == "404")
    }

    @Test func orphansWhatNoRootLeadsTo() throws {
        let stage = try ProxyStage([
            "child": Self.child, "above": #"{"includes":[{"name":"child"}]}"#,
            "root": rootSpec(#""routes":[\#(route("/", "shop"))]"#),
        ])
        #expect(stage.status("child") == ["Orphaned/Orphaned"])
        #expect(stage.evaluation.statuses[ProxyStage.key("child")]?.verdict == .orphaned)
        #expect(stage.evaluation.orphans.map(\.name) == ["above", "child"])
        #expect(stage.status("root") == ["valid"])
    }

    @Test func servesNeitherOfTwoRootsWithOneHost() throws {
        let stage = try ProxyStage([
            "one": rootSpec(#""includes":[{"name":"child"}]"#), "child": Self.child,
            "edge/two": rootSpec(#""routes":[\#(route("/", "shop"))]"#, host: "A.example.com"),
            "wild": rootSpec(#""routes":[\#(route("/", "cart"))]"#, host: "*.example.com"),
        ])
        #expect(stage.status("one") == ["VirtualHostError/DuplicateVhost"])
        #expect(stage.status("edge/two") == ["VirtualHostError/DuplicateVhost"])
        #expect(stage.status("child") == ["Orphaned/Orphaned"])
        #expect(stage.status("wild") == ["valid"])
        #expect(stage.evaluation.hosts.filter { $0.state == .absent }.map(\.host).count == 2)
        // The wildcard takes what the two would have taken.
        #expect(stage.answer("/") == "cart 100")
        #expect(stage.answer("/", host: "x.y.example.com") == "404")
    }

    @Test func looksAtItsOwnClassesAlone() throws {
        var stage = try ProxyStage([
            "one": rootSpec(#""routes":[\#(route("/", "shop"))]"#),
            "two": rootSpec(#""ingressClassName":"inner","routes":[\#(route("/", "cart"))]"#),
        ])
        #expect(stage.status("one") == ["valid"])
        #expect(stage.status("two") == ["unseen"])
        stage.settings.ingressClasses = ["inner"]
        #expect(stage.status("one") == ["unseen"])
        #expect(stage.answer("/") == "cart 100")
    }

    @Test(arguments: ["gone", "other"])
    func answers502InPlaceOfAnIncludeThatLeadsNowhere(target: String) throws {
        let stage = try ProxyStage([
            "root": rootSpec(
                #""includes":[\#(include("middle", "/a")),{"name":"\#(target)"}],"routes":[\#(route("/", "shop"))]"#
            ),
            "middle": #"{"includes":[\#(include(target, "/b"))]}"#,
            "other": rootSpec(#""routes":[\#(route("/", "cart"))]"#, host: "b.example.com"),
        ])
        let error = target == "gone" ? "IncludeError/IncludeNotFound" : "IncludeError/RootIncludesRoot"
        #expect(stage.status("root") == [error])
        #expect(stage.status("middle") == [error])
        // Without the conditions above it, and nothing for the one that has none.
        #expect(stage.answer("/b/c") == "502")
        #expect(stage.answer("/a/b") == "shop 100")
        #expect(stage.answer("/") == "shop 100")
    }

    @Test func recordsACycleOnTheObjectThatIsMetAgain() throws {
        let stage = try ProxyStage([
            "root": rootSpec(#""includes":[\#(include("first", "/a"))],"routes":[\#(route("/", "shop"))]"#),
            "first": #"{"includes":[{"name":"second"}],"routes":[\#(route("/", "shop"))]}"#,
            "second": #"{"includes":[{"name":"first"}],"routes":[\#(route("/x", "cart"))]}"#,
            "lost": #"{"includes":[{"name":"lost2"}]}"#, "lost2": #"{"includes":[{"name":"lost"}]}"#,
        ])
        #expect(stage.status("root") == ["valid"])
        #expect(stage.status("first") == ["IncludeError/IncludeCreatesCycle"])
        #expect(stage.status("second") == ["valid"])
        #expect(stage.status("lost") == ["Orphaned/Orphaned"])
        #expect(stage.answer("/a") == "shop 100")
        #expect(stage.answer("/a/x") == "cart 100")
        let message = stage.evaluation.statuses[ProxyStage.key("first")]?.errors.first?.message
        #expect(message == "spec.includes[0].name: leads back over web/second")
    }

    @Test func standsObjectsThatIncludeThemselves() throws {
        let stage = try ProxyStage([
            "root": rootSpec(#""includes":[\#(include("root", "/a")),\#(include("child", "/b"))]"#),
            "child": #"{"includes":[{"name":"child"}],"routes":[\#(route("/", "shop"))]}"#,
        ])
        #expect(stage.status("root") == ["IncludeError/RootIncludesRoot"])
        #expect(stage.status("child") == ["IncludeError/IncludeCreatesCycle"])
        #expect(stage.answer("/a") == "502")
        #expect(stage.answer("/b/") == "shop 100")
    }

    @Test func takesNothingBackThatAnotherRootFound() throws {
        let bad = #"{"name":"child","conditions":[{"header":{"name":"x","exact":"1"}}]}"#
        let child = """
            {"routes":[{"conditions":[{"header":{"name":"X","exact":"2"}}],"services":[{"name":"shop","port":80}]}]}
            """
        for names in [("a", "z"), ("z", "a")] {
            let stage = try ProxyStage([
                names.0: rootSpec(#""includes":[\#(bad)]"#),
                names.1: rootSpec(#""includes":[{"name":"child"}]"#, host: "b.example.com"), "child": child,
            ])
            #expect(stage.status("child") == ["RouteError/HeaderMatchConditionsNotValid"])
            #expect(stage.answer("/", headers: ["x": "2"]) == "404")
            #expect(stage.answer("/", headers: ["x": "2"], host: "b.example.com") == "shop 100")
        }
    }

    @Test func followsOnlySoManyIncludes() throws {
        let next = { (number: Int) in
            #""includes":[\#(include("p\(number)", "/a")),\#(include("p\(number)", "/b"))]"#
        }
        var stage = try ProxyStage(["root": rootSpec(next(0))])
        for number in 0..<40 { try stage.add("p\(number)", "{\(next(number + 1))}") }
        try stage.add("p40", Self.child)
        let evaluation = stage.evaluation
        #expect(evaluation.cut == [ProxyStage.key("root")])
        #expect(evaluation.statuses[ProxyStage.key("root")]?.errors.map(\.reason) == ["TooManyIncludes"])
    }

    @Test func followsOnlySoDeepAChain() throws {
        var stage = try ProxyStage(["root": rootSpec(#""includes":[{"name":"p0"}]"#)])
        for number in 0..<2_000 { try stage.add("p\(number)", #"{"includes":[{"name":"p\#(number + 1)"}]}"#) }
        let evaluation = stage.evaluation
        #expect(evaluation.cut == [ProxyStage.key("root")])
        #expect(evaluation.orphans.count == 2_000 - ProxyGraph.depthLimit)
    }
}
