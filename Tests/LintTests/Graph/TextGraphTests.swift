import ContourAPI
import Kubernetes
import Lint
import Testing

@Suite(.timeLimit(.minutes(1))) struct TextGraphTests {
    private func text(_ manifest: String, contour: ContourSettings = ContourSettings()) -> String {
        GraphFixture.folded(GraphFormat.text.text(of: GraphFixture.report(manifest, contour: contour)))
    }

    @Test func drawsHostsIncludesRoutesAndServices() {
        #expect(
            text(GraphFixture.shop) == """
                shop.example.com, plain HTTP
                └── root web/root: valid
                    └── /api include web/shop: valid
                        └── /api
                            ├── 90 % (weight 9) to web/a:80
                            ├── 10 % (weight 1) to web/b:80
                            └── copies of 25 % to web/b:80

                1 host, 2 HTTPProxies: 2 valid, 0 invalid, 0 orphaned; 0 faults

                """
        )
    }

    @Test func tellsWhatRoutesDoWithoutServices() {
        let root = GraphFixture.proxy(
            "root",
            "{virtualhost: {fqdn: a.io}, routes: [{conditions: [{prefix: /old}], requestRedirectPolicy: {hostname: b.io, statusCode: 301}}, {conditions: [{exact: /up}], directResponsePolicy: {statusCode: 204}}]}"
        )
        #expect(
            text(root) == """
                a.io, plain HTTP
                └── root web/root: valid
                    ├── /old: redirect 301 to b.io
                    └── exactly /up: answer 204

                1 host, 1 HTTPProxy: 1 valid, 0 invalid, 0 orphaned; 0 faults

                """
        )
    }

    @Test func marksFaultsAtTheirPlaces() {
        let root = GraphFixture.proxy(
            "root",
            "{virtualhost: {fqdn: a.io}, includes: [{name: gone, conditions: [{prefix: /g}]}], routes: [{services: [{name: a, port: 80}, {name: lost, port: 80}]}]}"
        )
        #expect(
            text(root + GraphFixture.services("a")) == """
                a.io, plain HTTP
                └── root web/root: invalid
                    ├── /g include web/gone
                    │   │ ✗ spec.includes[0].name [httpproxy/include-missing]
                    │   └── /g: answer 502
                    └── /
                        ├── 100 % to web/a:80
                        └── nothing to web/lost:80
                              ✗ spec.routes[0].services[1].name [httpproxy/service-missing]

                note: what is not in these files counts as missing; --cluster looks there too
                1 host, 1 HTTPProxy: 0 valid, 1 invalid, 0 orphaned; 2 faults

                """
        )
    }

    @Test func tellsWhyARouteIsNone() {
        let root = GraphFixture.proxy(
            "root",
            "{virtualhost: {fqdn: a.io}, routes: [{conditions: [{prefix: /b}]}, {services: [{name: a, port: 80}]}]}"
        )
        #expect(
            text(root + GraphFixture.services("a")).hasPrefix(
                """
                a.io, plain HTTP
                └── root web/root: invalid, all its routes are dropped
                    ├── /b: not exactly one of services, redirect and direct response
                    │     ✗ spec.routes[0]
                """
            )
        )
    }

    @Test func tellsTheWholeOfAFault() {
        let report = GraphFixture.report(
            GraphFixture.proxy(
                "root",
                "{virtualhost: {fqdn: a.io}, includes: [{name: gone, conditions: [{prefix: /g}]}]}"
            )
        )
        let line = GraphFormat.text.text(of: report).split(separator: "\n").first { $0.contains("✗") } ?? ""
        #expect(line.contains("requests to /g get 502 (Contour: IncludeError/IncludeNotFound)"))
    }

    @Test func listsWhatIsInNoTree() {
        let manifest =
            GraphFixture.shop + GraphFixture.proxy("lonely", "{routes: [{services: [{name: a, port: 80}]}]}")
            + GraphFixture.proxy("other", "{ingressClassName: internal, virtualhost: {fqdn: shop.example.com}}")
        #expect(
            text(manifest).hasSuffix(
                """

                below no root, so without requests:
                  web/lonely: orphaned, no root leads to it

                passed by, as Contour takes other ingress classes:
                  web/other: of the ingress class internal

                1 host, 3 HTTPProxies: 2 valid, 0 invalid, 1 orphaned; 0 faults

                """
            )
        )
        let internalOnly = text(manifest, contour: ContourSettings(ingressClasses: ["internal"]))
        #expect(internalOnly.contains("web/lonely: of no ingress class\n"))
    }

    @Test func drawsHostsThatAreNotServed() {
        let spec = "{virtualhost: {fqdn: a.io}, routes: [{services: [{name: a, port: 80}]}]}"
        let manifest = GraphFixture.proxy("one", spec) + GraphFixture.proxy("two", spec) + GraphFixture.services("a")
        #expect(
            text(manifest) == """
                a.io, plain HTTP: not served, requests get 404
                └── root web/one: invalid
                    │ ✗ spec.virtualhost.fqdn [httpproxy/fqdn-taken]
                    └── /
                        └── 100 % to web/a:80

                a.io, plain HTTP: not served, requests get 404
                └── root web/two: invalid
                    │ ✗ spec.virtualhost.fqdn [httpproxy/fqdn-taken]
                    └── /
                        └── 100 % to web/a:80

                2 hosts (2 not served), 2 HTTPProxies: 0 valid, 2 invalid, 0 orphaned; 2 faults

                """
        )
    }

    @Test func drawsWhereTLSConnectionsGo() {
        let manifest =
            GraphFixture.proxy(
                "db",
                "{virtualhost: {fqdn: db.io, tls: {passthrough: true}}, tcpproxy: {include: {name: child}}}"
            ) + GraphFixture.proxy("child", "{tcpproxy: {services: [{name: a, port: 80}]}}")
            + GraphFixture.services("a")
        #expect(
            text(manifest).hasPrefix(
                """
                db.io, TLS passed through to the backend
                ├── root web/db: valid
                └── TLS connections by web/db
                    └── TLS connections by web/child
                        └── 100 % to web/a:80
                """
            )
        )
    }

    @Test func drawsWhatACanaryWillMake() {
        let root = GraphFixture.proxy(
            "ingress",
            "{virtualhost: {fqdn: app.io}, includes: [{name: podinfo}]}",
            namespace: "test"
        )
        #expect(
            text(root + "---\n" + LintFixture.canary).hasPrefix(
                """
                app.io, plain HTTP
                └── root test/ingress: valid
                    └── / include test/podinfo (to be made by its Canary): valid
                        └── /
                            ├── 100 % (weight 100) to test/podinfo-primary:80
                            └── 0 % (weight 0) to test/podinfo-canary:80
                """
            )
        )
    }

    @Test func tellsThatATreeIsNotWhole() {
        let chain = (0..<ProxyGraph.depthLimit + 1).map { number in
            GraphFixture.proxy("p\(number)", "{includes: [{name: p\(number + 1)}]}")
        }
        let root = GraphFixture.proxy("root", "{virtualhost: {fqdn: a.io}, includes: [{name: p0}]}")
        let report = GraphFixture.report(root + chain.joined())
        let text = GraphFormat.text.text(of: report)
        #expect(text.hasPrefix("a.io, plain HTTP\n│ ! objects are included too often or too deep to draw them all\n"))
        #expect(GraphFormat.json.text(of: report).contains("\"isWhole\": false"))
        #expect(GraphFormat.json.text(of: GraphFixture.report(root)).contains("\"isWhole\": true"))
    }

    @Test func usesColoursOnlyWhereToldTo() {
        let report = GraphFixture.report(GraphFixture.shop)
        #expect(!GraphFormat.text.text(of: report).contains("\u{1B}"))
        let colored = GraphFormat.text.text(of: report, isColored: true)
        #expect(colored.hasPrefix("\u{1B}[1mshop.example.com\u{1B}[0m, plain HTTP\n"))
        #expect(colored.contains("web/shop: \u{1B}[1;32mvalid\u{1B}[0m\n"))
    }

    @Test func letsNoNameCommandTheTerminal() {
        let root = GraphFixture.proxy(
            "root",
            #"{virtualhost: {fqdn: "a\e[31m\n.io\u202e"}, routes: [{conditions: [{prefix: "/\r\e[2J"}], directResponsePolicy: {statusCode: 200}}]}"#
        )
        let text = GraphFormat.text.text(of: GraphFixture.report(root))
        let isPlain = text.unicodeScalars.allSatisfy { scalar in
            scalar == "\n" || ![.control, .format].contains(scalar.properties.generalCategory)
        }
        #expect(isPlain)
        #expect(text.contains("a [31m .io\u{FFFD}, plain HTTP"))
    }
}
