import Admission
import ContourAPI
import JSON
import Kubernetes
import Schema
import Testing

/// What a change or the deletion of an object costs others.
@Suite(.timeLimit(.minutes(1))) struct ProxyDepartureTests {
    private static let child = #"{"routes":[\#(route("/", "shop"))]}"#
    private static let rest = #""routes":[\#(route("/", "shop"))]"#

    private func stage() throws -> ProxyStage {
        try ProxyStage([
            "root": rootSpec(#""includes":[\#(include("middle", "/m")),{"name":"child"}],\#(Self.rest)"#),
            "middle": #"{"includes":[{"name":"leaf"},{"name":"child"}]}"#, "child": Self.child, "leaf": Self.child,
        ])
    }

    private func told(_ findings: [Finding]) -> [String] {
        findings.map { finding in
            #expect(finding.severity == .warn)
            return "\(finding.path) \(finding.rule.dropFirst("httpproxy/".count)): \(finding.account)"
        }
    }

    @Test func warnsOfADeletionThatOthersFeel() throws {
        let stage = try stage()
        #expect(
            told(stage.findings(deleting: "middle")) == [
                "metadata.name still-included: web/root includes it, so requests to /m get 502 (Contour: "
                    + "IncludeError/IncludeNotFound)",
                "metadata.name children-orphaned: no root leads to web/leaf then, so what is orphaned gets no requests "
                    + "(Contour: Orphaned/Orphaned)",
            ]
        )
        #expect(
            told(stage.findings(deleting: "child")) == [
                "metadata.name still-included: web/middle and 1 more include it, so its routes are missing (Contour: "
                    + "IncludeError/IncludeNotFound)"
            ]
        )
        let all = stage.findings(deleting: "root").map(\.problem)
        #expect(all == ["no root leads to web/middle and 1 more then"])
    }

    @Test func saysNothingWhereNoTrafficIsLost() throws {
        let stage = try ProxyStage([
            "above": #"{"includes":[{"name":"child"}]}"#, "child": Self.child, "root": rootSpec(Self.rest),
        ])
        for name in ["above", "child", "root"] { #expect(stage.findings(deleting: name).isEmpty) }
    }

    /// The new specs of `root` and how many children they orphan.
    @Test(
        arguments: [
            (rootSpec(#""includes":[\#(include("middle", "/m"))],\#(rest)"#), ""),
            (rootSpec(#""includes":[{"name":"child"}],\#(rest)"#), "web/middle"),
            (rootSpec(rest), "web/middle and 1 more"), (#"{"includes":[{"name":"middle"}]}"#, "web/middle and 1 more"),
            (rootSpec(#""includes":[{"name":"middle"},{"name":"child"}],\#(rest)"#, host: "b.example.com"), ""),
        ] as [(String, String)]
    )
    func warnsOfChildrenThatAChangeOrphans(spec: String, children: String) throws {
        let findings = try stage().findings(changing: "root", to: spec)
            .filter { $0.rule == "httpproxy/children-orphaned" }
        #expect(findings.map(\.problem) == (children.isEmpty ? [] : ["no root leads to \(children) then"]))
        #expect(findings.allSatisfy { $0.path == "spec.includes" })
    }

    @Test func warnsOfAHostGivenToAChild() throws {
        let findings = try stage().findings(changing: "child", to: rootSpec(Self.rest, host: "c.example.com"))
        #expect(findings.map(\.rule) == ["httpproxy/included-root"])
        #expect(findings.first?.effect == "its routes are missing on the host of that include")
    }

    @Test func takesAnotherClassForADeletion() throws {
        let findings = try stage().findings(
            changing: "middle",
            to: #"{"ingressClassName":"inner","includes":[{"name":"leaf"},{"name":"child"}]}"#
        )
        #expect(findings.map(\.rule).suffix(2) == ["httpproxy/still-included", "httpproxy/children-orphaned"])
    }

    @Test func warnsOfAProviderThatChildrenNeed() throws {
        let root = { (provider: String) in
            """
            {"virtualhost":{"fqdn":"a.example.com","tls":{"secretName":"cert"},"jwtProviders":[{"name":"\(provider)",
            "remoteJWKS":{"uri":"https://id.example.com/keys"}}]},"includes":[{"name":"child"}]}
            """
        }
        let stage = try ProxyStage([
            "root": root("old"),
            "child": """
            {"routes":[{"services":[{"name":"shop","port":80}],"jwtVerificationPolicy":{"require":"old"}}]}
            """,
        ])
        #expect(try stage.findings(changing: "root", to: root("old")).isEmpty)
        let findings = try stage.findings(changing: "root", to: root("new"))
        #expect(findings.map(\.rule) == ["httpproxy/jwt-provider-of-child"])
        #expect(findings.first?.problem == "web/child requires old")
    }
}
