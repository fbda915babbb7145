import JSON
import Lint
import Testing

@Suite(.timeLimit(.minutes(1))) struct JSONGraphTests {
    private func graph(_ manifest: String) throws -> JSONValue {
        let text = GraphFormat.json.text(of: GraphFixture.report(manifest))
        #expect(text.hasSuffix("}\n"))
        return try JSONDocument(parsing: Array(text.utf8)).root.value
    }

    @Test func writesTheTreeOfAHost() throws {
        let host = try graph(GraphFixture.shop)["hosts"]?.array?.first
        #expect(host?["host"] == "shop.example.com")
        #expect(host?["state"] == "served")
        #expect(host?["tls"] == ["mode": "none"])
        #expect(host?["isWhole"] == .bool(true))
        let include = host?[path: "root", "includes"]?.array?.first
        #expect(include?["namespace"] == "web")
        #expect(include?["name"] == "shop")
        #expect(include?["index"] == .number(JSONNumber(0)))
        #expect(include?["faults"] == [])
        #expect(include?[path: "proxy", "verdict"] == "valid")
        #expect(
            include?["match"] == [
                "path": "/api", "pathKind": "prefix", "headers": [], "queryParameters": [], "words": "/api",
            ]
        )
    }

    @Test func writesRoutesAndServices() throws {
        let host = try graph(GraphFixture.shop)["hosts"]?.array?.first
        let route = host?[path: "root", "includes"]?.array?.first?[path: "proxy", "routes"]?.array?.first
        let services = route?[path: "action", "services"]?.array ?? []
        #expect(
            services.map(\.text) == [
                #"{"namespace":"web","name":"a","port":80,"weight":9,"percent":90,"isMirror":false,"isLost":false,"faults":[]}"#,
                #"{"namespace":"web","name":"b","port":80,"weight":1,"percent":10,"isMirror":false,"isLost":false,"faults":[]}"#,
                #"{"namespace":"web","name":"b","port":80,"weight":25,"percent":25,"isMirror":true,"isLost":false,"faults":[]}"#,
            ]
        )
        let inForce = host?["routes"]?.array?.first
        #expect(inForce?["name"] == "shop")
        #expect(inForce?["index"] == .number(JSONNumber(0)))
        #expect(inForce?["action"] == route?["action"])
    }

    @Test func writesConditions() throws {
        let root = GraphFixture.proxy(
            "root",
            "{virtualhost: {fqdn: a.io}, routes: [{conditions: [{header: {name: X-A, notcontains: b, ignoreCase: true}}, {queryParameter: {name: q, present: true}}, {exact: /up}], directResponsePolicy: {statusCode: 204}}]}"
        )
        let route = try graph(root)["hosts"]?.array?.first?["routes"]?.array?.first
        #expect(route?["action"] == ["kind": "response", "status": .number(JSONNumber(204))])
        #expect(route?[path: "match", "pathKind"] == "exact")
        #expect(
            route?[path: "match", "headers"] == [
                [
                    "name": "X-A", "comparison": "contains", "value": "b", "isInverted": .bool(true),
                    "ignoresCase": .bool(true), "treatsMissingAsEmpty": .bool(false),
                ]
            ]
        )
        #expect(
            route?[path: "match", "queryParameters"] == [
                ["name": "q", "comparison": "present", "value": "", "ignoresCase": .bool(false)]
            ]
        )
    }

    @Test func writesTheStatusOfEveryObject() throws {
        let manifest =
            GraphFixture.proxy(
                "root",
                "{virtualhost: {fqdn: a.io}, includes: [{name: gone, conditions: [{prefix: /g}]}]}"
            )
            + GraphFixture.proxy("lonely", "{}")
            + GraphFixture.proxy("other", "{ingressClassName: internal}")
        let graph = try graph(manifest)
        let objects = graph["objects"]?.array ?? []
        #expect(objects.compactMap { $0["name"]?.string } == ["lonely", "root"])
        #expect(objects.compactMap { $0["verdict"]?.string } == ["orphaned", "invalid"])
        let error = objects.last?["errors"]?.array?.first
        #expect(error?["type"] == "IncludeError")
        #expect(error?["reason"] == "IncludeNotFound")
        #expect(error?["path"] == "spec.includes[0].name")
        #expect(error?["message"]?.string?.isEmpty == false)
        #expect(objects.last?["warnings"] == [])
        #expect(objects.last?["isPlanned"] == .bool(false))
        #expect(graph["orphans"] == [["namespace": "web", "name": "lonely"]])
        #expect(graph["otherClasses"] == [["namespace": "web", "name": "other", "ingressClass": "internal"]])
    }

    @Test func writesFaultsWithTheirReach() throws {
        let root = GraphFixture.proxy(
            "root",
            "{virtualhost: {fqdn: a.io}, includes: [{name: gone, conditions: [{prefix: /g}]}]}"
        )
        let include = try graph(root)["hosts"]?.array?.first?[path: "root", "includes"]?.array?.first
        let fault = include?["faults"]?.array?.first
        #expect(fault?["rule"] == "httpproxy/include-missing")
        #expect(fault?["severity"] == "warn")
        #expect(fault?["reach"] == "skipInclude")
        #expect(fault?["condition"] == ["type": "IncludeError", "reason": "IncludeNotFound"])
        #expect(fault?["effect"] == "requests to /g get 502")
        #expect(include?[path: "badGateway", "path"] == "/g")
        #expect(include?["proxy"] == nil)
    }

    @Test func keepsHostileNamesInTheirStrings() throws {
        let name = #"a"\\,{\n\e[0m\u202e"#
        let root = GraphFixture.proxy(
            "root",
            "{virtualhost: {fqdn: \"\(name.replacing("\"", with: "\\\""))\"}, routes: [{directResponsePolicy: {statusCode: 200}}]}"
        )
        #expect(try graph(root)["hosts"]?.array?.first?["host"] == "a\"\\,{\n\u{1B}[0m\u{202e}")
    }

    @Test func writesNothingOfNothing() throws {
        #expect(try graph("") == ["hosts": [], "objects": [], "orphans": [], "otherClasses": []])
    }
}
