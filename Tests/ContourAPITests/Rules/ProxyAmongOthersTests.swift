import Admission
import ContourAPI
import JSON
import Kubernetes
import Schema
import Testing

/// What is found on an object because of the other HTTPProxies.
@Suite(.timeLimit(.minutes(1))) struct ProxyAmongOthersTests {
    private static let child = #"{"routes":[\#(route("/", "shop"))]}"#

    /// `path rule: problem, so effect (condition)`, a `~` before a warning's.
    private func told(_ findings: [Finding]) -> [String] {
        for finding in findings where finding.severity == .warn {
            let short = "\(finding.path): \(finding.problem); \(finding.remedy) [\(finding.rule)]"
            #expect(short.unicodeScalars.count <= 120, "\(short)")
        }
        return findings.map { finding in
            let rule = finding.rule.dropFirst("httpproxy/".count)
            return "\(finding.severity == .warn ? "~" : "")\(finding.path) \(rule): \(finding.account)"
        }
    }

    @Test func refusesAHostThatAnotherHolds() throws {
        var stage = try ProxyStage([
            "one": rootSpec(#""routes":[\#(route("/", "shop"))]"#),
            "edge/two": rootSpec(#""routes":[\#(route("/", "shop"))]"#, host: "A.example.com"),
        ])
        #expect(
            told(stage.findings("one")) == [
                "spec.virtualhost.fqdn fqdn-taken: a.example.com is held by HTTPProxy edge/two, so Contour serves "
                    + "neither, and requests to a.example.com get 404 (Contour: VirtualHostError/DuplicateVhost)"
            ]
        )
        let classes = ContourSettings(ingressClasses: ["", "inner"])
        var other = try #require(stage.view.object(.httpProxies, ProxyStage.key("one")))
        other[path: "metadata", "annotations", "kubernetes.io/ingress.class"] = "inner"
        #expect(HTTPProxyRules.findings(in: other, among: stage.view).isEmpty)
        #expect(HTTPProxyRules.findings(in: other, among: stage.view, under: classes).count == 1)
        var going = try #require(stage.view.object(.httpProxies, ProxyStage.key("edge/two")))
        going[path: "metadata", "deletionTimestamp"] = "2026-11-25T05:00:00Z"
        stage.view.set(.httpProxies, going)
        #expect(stage.findings("one").isEmpty)
    }

    @Test func warnsOfAnOrphan() throws {
        var stage = try ProxyStage(["child": Self.child, "above": #"{"includes":[{"name":"child"}]}"#])
        #expect(
            told(stage.findings("child")) == [
                "~metadata.name orphan: no root leads to it, so it gets no requests (Contour: Orphaned/Orphaned)"
            ]
        )
        try stage.add("root", rootSpec(#""includes":[{"name":"above"}]"#))
        #expect(stage.findings("child").isEmpty)
        try stage.add("rival", rootSpec(#""routes":[\#(route("/", "shop"))]"#))
        #expect(
            told(stage.findings("child")) == [
                "~metadata.name orphan: the root web/root is refused itself, so it gets no requests (Contour: "
                    + "Orphaned/Orphaned)"
            ]
        )
    }

    @Test func warnsOfIncludesThatLeadNowhere() throws {
        let stage = try ProxyStage([
            "root": rootSpec(
                #""includes":[\#(include("gone", "/a")),{"name":"lost","namespace":"edge"},\#(include("other", "/b"))]"#
            ), "other": rootSpec(#""routes":[\#(route("/", "cart"))]"#, host: "b.example.com"),
        ])
        #expect(
            told(stage.findings("root")) == [
                "~spec.includes[0].name include-missing: no HTTPProxy web/gone yet, so requests to /a get 502 (Contour: "
                    + "IncludeError/IncludeNotFound)",
                "~spec.includes[1].name include-missing: no HTTPProxy edge/lost yet, so its routes are missing (Contour: "
                    + "IncludeError/IncludeNotFound)",
                "~spec.includes[2].name include-root: web/other has a virtualhost, so requests to /b get 502 (Contour: "
                    + "IncludeError/RootIncludesRoot)",
            ]
        )
        #expect(
            told(stage.findings("other")) == [
                "~spec.virtualhost included-root: web/root includes it, so requests to /b get 502 on the host of that "
                    + "include (Contour: IncludeError/RootIncludesRoot)"
            ]
        )
    }

    @Test func expectsTheHTTPProxyThatACanaryMakes() throws {
        var stage = try ProxyStage(["root": rootSpec(#""includes":[{"name":"cart"}]"#)])
        #expect(stage.findings("root").map(\.rule) == ["httpproxy/include-missing"])
        stage.addCanary(of: "cart")
        #expect(stage.findings("root").isEmpty)
    }

    @Test func namesTheCircleOfAnInclude() throws {
        let stage = try ProxyStage([
            "root": rootSpec(#""includes":[{"name":"one"}]"#), "one": #"{"includes":[{"name":"two"}]}"#,
            "two": #"{"includes":[{"name":"three"}]}"#, "three": #"{"includes":[{"name":"one"}]}"#,
        ])
        for (name, next, circle) in [
            ("one", "two", "web/one -> web/two -> web/three -> web/one"),
            ("three", "one", "web/three -> web/one -> web/two -> web/three"),
        ] {
            let finding = try #require(stage.findings(name).first)
            #expect(finding.rule == "httpproxy/include-cycle")
            #expect(finding.problem == "leads back over web/\(next) and 1 more")
            #expect(finding.effect?.contains(circle) == true)
            #expect(finding.value == next)
            #expect(stage.findings(name).count == 1)
        }
        #expect(stage.findings("root").isEmpty)
    }

    private static let header = #"{"header":{"name":"x","exact":"1"}}"#

    @Test func tellsBothSidesOfConditionsAtOdds() throws {
        let stage = try ProxyStage([
            "root": rootSpec(#""includes":[{"name":"middle","conditions":[\#(Self.header)]}]"#),
            "middle":
                #"{"includes":[{"name":"child","conditions":[{"prefix":"/a"},{"header":{"name":"y","present":true}}]}]}"#,
            "child": """
            {"routes":[\(route("/", "shop")),
            {"conditions":[{"header":{"name":"X","exact":"2"}}],"services":[{"name":"shop","port":80}]}]}
            """,
        ])
        #expect(stage.status("child") == ["RouteError/HeaderMatchConditionsNotValid"])
        let finding = try #require(stage.findings("child").first)
        #expect(finding.rule == "httpproxy/inherited-conditions")
        #expect(finding.path == "spec.routes[1].conditions")
        #expect(finding.severity == .warn)
        #expect(stage.findings("child").count == 1)
        #expect(
            told(stage.findings("middle")) == [
                "~spec.includes[0].conditions child-conditions: at odds with spec.routes[1] of web/child, so all routes of "
                    + "web/child are dropped (Contour: RouteError/HeaderMatchConditionsNotValid)"
            ]
        )
        #expect(stage.findings("root").isEmpty)
    }

    @Test func findsNothingInASoundTree() throws {
        let stage = try ProxyStage([
            "root": rootSpec(#""includes":[\#(include("middle", "/m")),\#(include("child", "/c"))]"#),
            "middle": #"{"includes":[\#(include("child", "/c"))],"routes":[\#(route("/x", "shop"))]}"#,
            "child": Self.child,
        ])
        for name in ["root", "middle", "child"] {
            #expect(stage.findings(name).isEmpty)
            #expect(stage.status(name) == ["valid"])
        }
    }

    @Test func saysWhereItStoppedLooking() throws {
        var includes: [String] = []
        for number in 0..<100 { includes.append(include("child", "/\(number)")) }
        let stage = try ProxyStage([
            "root": rootSpec("\"includes\":[\(includes.joined(separator: ","))]"), "child": Self.child,
        ])
        #expect(
            told(stage.findings("child")) == ["~metadata.name graph-too-large: more than 64 ways lead to it"]
        )
    }
}
