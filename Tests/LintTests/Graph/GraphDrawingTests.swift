import Lint
import Testing

@Suite(.timeLimit(.minutes(1))) struct GraphDrawingTests {
    private static let faulty =
        GraphFixture.proxy(
            "root",
            "{virtualhost: {fqdn: a.io}, includes: [{name: gone, conditions: [{prefix: /g}]}], routes: [{conditions: [{prefix: /old}], requestRedirectPolicy: {path: /new}}, {services: [{name: a, port: 80}, {name: a, port: 80, mirror: true}]}]}"
        ) + GraphFixture.services("a")

    /// The lines of `manifest` drawn, without what faults say.
    private func lines(_ manifest: String, _ format: GraphFormat, cut: String) -> [String] {
        format.text(of: GraphFixture.report(manifest)).split(separator: "\n").map { line in
            guard let mark = line.firstRange(of: cut) else { return String(line) }
            return String(line[..<mark.lowerBound]) + "…"
        }
    }

    @Test func writesGraphviz() {
        #expect(
            lines(Self.faulty, .dot, cut: "✗") == [
                "digraph \"HTTPProxies\" {",
                "  rankdir=LR;",
                "  node [shape=box, fontname=\"sans-serif\"];",
                "  edge [fontname=\"sans-serif\"];",
                #"  n0 [label="a.io\nplain HTTP", shape=house];"#,
                #"  n1 [label="web/root\ninvalid", color=red, fontcolor=red, penwidth=2];"#,
                #"  n2 [label="web/gone\nnot followed\n…"#,
                #"  n3 [label="answer 502", shape=plain, color=red, fontcolor=red, penwidth=2];"#,
                #"  n4 [label="redirect 302 to /new", shape=plain];"#,
                #"  n5 [label="/", style=rounded];"#,
                #"  n6 [label="web/a:80", shape=ellipse];"#,
                #"  n1 -> n2 [label="/g", style=dashed];"#,
                #"  n1 -> n3 [label="/g"];"#,
                #"  n1 -> n4 [label="/old"];"#,
                #"  n1 -> n5 [label=""];"#,
                #"  n5 -> n6 [label="100 %"];"#,
                #"  n5 -> n6 [label="copies of 100 %", style=dashed];"#,
                #"  n0 -> n1 [label=""];"#,
                "}",
            ]
        )
    }

    @Test func writesMermaid() {
        #expect(
            lines(Self.faulty, .mermaid, cut: "#10007;") == [
                "flowchart LR",
                #"  n0(["a.io<br/>plain HTTP"])"#,
                #"  n1["web/root<br/>invalid"]"#,
                #"  n2["web/gone<br/>not followed<br/>…"#,
                #"  n3>"answer 502"]"#,
                #"  n4>"redirect 302 to /new"]"#,
                #"  n5("/")"#,
                #"  n6[("web/a#58;80")]"#,
                #"  n1 -.->|"/g"| n2"#,
                #"  n1 -->|"/g"| n3"#,
                #"  n1 -->|"/old"| n4"#,
                "  n1 --> n5",
                #"  n5 -->|"100 #37;"| n6"#,
                #"  n5 -.->|"copies of 100 #37;"| n6"#,
                "  n0 --> n1",
                "  classDef bad stroke:#cc0000,stroke-width:3px",
                "  class n1,n2,n3 bad",
            ]
        )
    }

    @Test func drawsOrphansAndOtherClassesByThemselves() {
        let manifest =
            GraphFixture.proxy("lonely", "{}") + GraphFixture.proxy("other", "{ingressClassName: internal}")
        let text = GraphFormat.dot.text(of: GraphFixture.report(manifest))
        #expect(text.contains(#"n0 [label="web/lonely\norphaned\nno root leads to it", color=orange, penwidth=2];"#))
        #expect(text.contains(#"n1 [label="web/other\nof the ingress class internal", color=orange, penwidth=2];"#))
    }

    @Test func drawsTCPChains() {
        let manifest =
            GraphFixture.proxy(
                "db",
                "{virtualhost: {fqdn: db.io, tls: {passthrough: true}}, tcpproxy: {services: [{name: a, port: 80}]}}"
            ) + GraphFixture.services("a")
        let text = GraphFormat.mermaid.text(of: GraphFixture.report(manifest))
        #expect(text.contains(#"n2["web/db<br/>TLS connections"]"#))
        #expect(text.contains(#"n0 -->|"TLS"| n2"#))
    }

    private static let hostile = GraphFixture.proxy(
        "root",
        #"{virtualhost: {fqdn: "a\"]; end%%{init}%% <b>`#35;\n\\N"}, routes: [{conditions: [{prefix: "/|--> x\\\""}], directResponsePolicy: {statusCode: 200}}]}"#
    )

    @Test func letsNoNameEndAStringOfGraphviz() {
        let lines = lines(Self.hostile, .dot, cut: "✗")
        #expect(lines.contains { $0.hasPrefix(#"  n0 [label="a\"]; end%%{init}%% <b>`#35; \\n\nplain HTTP"#) })
        #expect(lines.contains(#"  n1 -> n2 [label="/|--> x\\\""];"#))
        #expect(lines.last == "}")
    }

    @Test func letsNoNameActInMermaid() {
        let lines = lines(Self.hostile, .mermaid, cut: "#10007;")
        let name =
            "a#34;#93;#59; end#37;#37;#123;init#125;#37;#37; #60;b#62;#96;#35;35#59; #92;n<br/>plain HTTP"
        #expect(lines.contains { $0.hasPrefix("  n0([\"\(name)") })
        #expect(lines.contains(#"  n1 -->|"/#124;--#62; x#92;#34;"| n2"#))
    }
}
