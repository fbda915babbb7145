import Admission
import ContourAPI
import JSON
import Kubernetes
import Schema
import Testing

/// Routes and includes that lead round a canary's analysis.
@Suite(.timeLimit(.minutes(1))) struct CanaryDetourTests {
    /// The findings on `spec`, as `path rule`, where the Canary of `shop` has its HTTPProxy.
    private func found(
        _ spec: String,
        provider: String? = nil,
        others: KeyValuePairs<String, String> = [:]
    ) throws
        -> [String]
    {
        var stage = try ProxyStage(others)
        try stage.add("shop", #"{"routes":[\#(route("/", "shop-primary", "shop-canary"))]}"#)
        try stage.add("judged", spec)
        var canary: JSONValue = ["service": ["port": 80]]
        if let provider { canary["provider"] = .string(provider) }
        stage.addCanary(of: "shop", spec: canary)
        return stage.findings("judged").filter { !$0.rule.hasSuffix("service-missing") }.map { finding in
            #expect(finding.severity == .warn)
            #expect(finding.effect != nil)
            return "\(finding.path) \(finding.rule.dropFirst("httpproxy/".count))"
        }
    }

    private func routes(_ list: String...) -> String { rootSpec("\"routes\":[\(list.joined(separator: ","))]") }

    @Test func warnsOfRoutesToTheServicesOfACanary() throws {
        #expect(try found(routes(route("/", "shop-canary"))) == ["spec.routes[0].services[0].name canary-direct"])
        #expect(
            try found(routes(route("/a", "cart"), route("/", "shop"))) == [
                "spec.routes[1].services[0].name canary-apex"
            ]
        )
        #expect(try found(routes(route("/", "shop-primary"))).isEmpty)
        #expect(try found(routes(route("/", "cart"))).isEmpty)
    }

    @Test func asksOnlyOfCanariesOnContour() throws {
        #expect(try found(routes(route("/", "shop")), provider: "kubernetes").isEmpty)
        #expect(try found(routes(route("/", "shop")), provider: "contour").count == 1)
    }

    @Test func leavesTheCanarysOwnObjectAlone() throws {
        var stage = try ProxyStage([
            "root": rootSpec(#""includes":[{"name":"shop"}]"#),
            "shop": #"{"routes":[\#(route("/", "shop-primary", "shop-canary"))]}"#,
        ])
        stage.addCanary(of: "shop")
        #expect(!stage.findings("shop").contains { $0.rule.hasPrefix("httpproxy/canary") })
        #expect(stage.findings("root").isEmpty)
    }

    @Test func warnsOfAWayBesideTheInclude() throws {
        let beside = rootSpec(#""includes":[{"name":"shop"}],"routes":[\#(route("/admin", "shop-primary"))]"#)
        #expect(try found(beside) == ["spec.routes[0].services[0].name canary-beside"])
        let sibling = rootSpec(#""includes":[\#(include("shop", "/")),\#(include("other", "/old"))]"#)
        for service in ["shop", "shop-primary", "shop-canary"] {
            let others: KeyValuePairs<String, String> = ["other": #"{"routes":[\#(route("/", service))]}"#]
            #expect(try found(sibling, others: others) == ["spec.includes[1].name canary-beside"])
        }
        #expect(try found(sibling, others: ["other": #"{"routes":[\#(route("/", "cart"))]}"#]).isEmpty)
    }
}
