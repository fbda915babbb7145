import Admission
import ContourAPI
import JSON
import Kubernetes
import Schema
import Testing

/// What is said of a whole host: TLS, TCP proxying and tokens.
@Suite(.timeLimit(.minutes(1))) struct HostGraphTests {
    private static let child = #"{"routes":[\#(route("/", "shop"))]}"#

    private func passthrough(_ rest: String, host: String = "a.example.com") -> String {
        #"{"virtualhost":{"fqdn":"\#(host)","tls":{"passthrough":true}},\#(rest)}"#
    }

    @Test func followsTheChainOfTCPIncludes() throws {
        let stage = try ProxyStage([
            "root": passthrough(#""tcpproxy":{"include":{"name":"next"}},"includes":[{"name":"child"}]"#),
            "next": #"{"tcpproxy":{"includes":{"name":"last"}}}"#,
            "last": #"{"tcpproxy":{"services":[{"name":"shop","port":80,"weight":1},{"name":"cart","port":80}]}}"#,
            "child": Self.child,
        ])
        for name in ["root", "next", "last", "child"] { #expect(stage.status(name) == ["valid"]) }
        let tree = stage.evaluation.hosts[0]
        #expect(tree.tls == .passthrough)
        #expect(tree.tcp.map(\.key.name) == ["root", "next", "last"])
        #expect(tree.tcp.last?.backends.map(\.percent) == [100, 0])
    }

    /// The objects beside the root, the error and on which it is, and what is orphaned.
    @Test(
        arguments: [
            ("gone", #"{}"#, "root", "TCPProxyIncludeError/IncludeNotFound", ["child", "next"]),
            ("other", #"{}"#, "root", "TCPProxyIncludeError/RootIncludesRoot", ["child", "next"]),
            ("root", #"{}"#, "root", "TCPProxyIncludeError/RootIncludesRoot", ["child", "next"]),
            (
                "next", #"{"tcpproxy":{"include":{"name":"next"}}}"#, "next",
                "TCPProxyIncludeError/IncludeCreatesCycle", ["child"]
            ),
            ("next", #"{"tcpproxy":{}}"#, "next", "TCPProxyError/NothingDefined", ["child"]),
        ] as [(String, String, String, String, [String])]
    )
    func stopsTheHostForATCPIncludeThatFails(
        target: String,
        next: String,
        holder: String,
        error: String,
        orphans: [String]
    ) throws {
        let stage = try ProxyStage([
            "root": passthrough(#""tcpproxy":{"include":{"name":"\#(target)"}},"includes":[{"name":"child"}]"#),
            "next": next, "child": Self.child,
            "other": passthrough(#""tcpproxy":{"services":[{"name":"shop","port":80}]}"#, host: "b.example.com"),
        ])
        #expect(stage.status(holder) == [error])
        #expect(stage.evaluation.orphans.map(\.name) == orphans)
        #expect(stage.answer("/") == "404")
        let findings = stage.findings(holder).filter { $0.reported?.description.contains(error) == true }
        #expect(findings.count == 1)
    }

    @Test func acceptsATCPIncludeOfAnObjectWithoutOne() throws {
        let stage = try ProxyStage([
            "root": passthrough(#""tcpproxy":{"include":{"name":"child"}}"#), "child": Self.child,
        ])
        #expect(stage.status("root") == ["valid"])
        #expect(stage.status("child") == ["valid"])
        #expect(stage.findings("root").map(\.rule) == ["httpproxy/tcp-include-empty"])
    }

    private func tokens(_ requires: String?, ofRoot: String? = nil) -> KeyValuePairs<String, String> {
        let policy = { (name: String?) in name.map { #","jwtVerificationPolicy":{"require":"\#($0)"}"# } ?? "" }
        let services = #""services":[{"name":"shop","port":80}]"#
        return [
            "root": """
            {"virtualhost":{"fqdn":"a.example.com","tls":{"secretName":"cert"},"jwtProviders":[{"name":"known",
            "remoteJWKS":{"uri":"https://id.example.com/keys"}}]},"includes":[{"name":"child"}],
            "routes":[{"conditions":[{"prefix":"/own"}],\(services)\(policy(ofRoot))}]}
            """, "child": #"{"routes":[{\#(services)\#(policy(requires))}]}"#,
        ]
    }

    @Test func reportsAChildsUnknownProviderOnTheRoot() throws {
        let stage = try ProxyStage(tokens("unknown"))
        #expect(stage.status("root") == ["JWTVerificationError/JWTProviderNotDefined"])
        #expect(stage.status("child") == ["valid"])
        // The routes are there all the same.
        #expect(stage.answer("/") == "shop 100")
        #expect(stage.findings("root").map(\.rule) == ["httpproxy/jwt-provider-of-child"])
        let finding = try #require(stage.findings("child").first)
        #expect(finding.rule == "httpproxy/jwt-provider-above")
        #expect(finding.account.hasPrefix("root web/root lacks it, so requests to that route get 403 ("))
    }

    @Test func reportsAnUnknownProviderOfTheRootsOwn() throws {
        let stage = try ProxyStage(tokens("known", ofRoot: "unknown"))
        #expect(stage.status("root") == ["JWTVerificationError/JWTProviderNotDefined"])
        #expect(stage.findings("root").map(\.rule) == ["httpproxy/jwt-provider-undefined"])
        #expect(stage.findings("root").map(\.severity) == [.deny])
        #expect(stage.findings("child").isEmpty)
    }

    @Test func acceptsKnownProviders() throws {
        let stage = try ProxyStage(tokens("known", ofRoot: "known"))
        #expect(stage.status("root") == ["valid"])
        #expect(stage.findings("root").isEmpty)
    }
}
