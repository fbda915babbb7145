import Admission
import JSON
import Kubernetes
import Lint
import Testing

@Suite(.timeLimit(.minutes(1))) struct GraphReportTests {
    private static let other = GraphFixture.proxy(
        "wild",
        "{virtualhost: {fqdn: '*.example.com'}, includes: [{name: gone}]}"
    )

    @Test func exitsByWhatItDraws() {
        #expect(GraphFixture.report(GraphFixture.shop).exitCode == 0)
        #expect(GraphFixture.report(GraphFixture.shop, Self.other).exitCode == 1)
        #expect(GraphFixture.report(GraphFixture.proxy("lonely", "{}")).exitCode == 1)
        #expect(GraphFixture.report(GraphFixture.shop, "a: [").exitCode == 65)
        #expect(GraphFixture.report("").exitCode == 0)
    }

    @Test func drawsOneHostAlone() throws {
        let report = GraphFixture.report(GraphFixture.shop, Self.other, GraphFixture.proxy("lonely", "{}"))
        let shop = try #require(report.only("Shop.Example.com"))
        #expect(shop.exitCode == 0)
        #expect(GraphFormat.text.text(of: shop) == GraphFormat.text.text(of: GraphFixture.report(GraphFixture.shop)))
        let wild = try #require(report.only("blog.example.com"))
        #expect(wild.exitCode == 1)
        #expect(GraphFormat.text.text(of: wild).hasPrefix("*.example.com, plain HTTP\n"))
        #expect(report.only("example.com") == nil)
        #expect(report.only("a.b.example.com") == nil)
    }

    @Test func laysFilesOverTheCluster() throws {
        var cluster = ClusterView()
        for type in GraphFixture.types { cluster.complete(type) }
        let proxy: JSONValue = [
            "metadata": ["name": "shop", "namespace": "web"],
            "spec": ["routes": [["directResponsePolicy": ["statusCode": .number(JSONNumber(500))]]]],
        ]
        cluster.set(.httpProxies, proxy)
        cluster.set(.services, ["metadata": ["name": "a", "namespace": "web"], "spec": ["ports": []]])
        let root = GraphFixture.proxy("root", "{virtualhost: {fqdn: a.io}, includes: [{name: shop}]}")
        let alone = GraphFormat.text.text(of: GraphFixture.report(root, cluster: cluster))
        #expect(alone.contains("└── /: answer 500"))
        #expect(!alone.contains("note:"))
        let changed = GraphFixture.proxy("shop", "{routes: [{directResponsePolicy: {statusCode: 200}}]}")
        let both = GraphFormat.text.text(of: GraphFixture.report(root, changed, cluster: cluster))
        #expect(both.contains("└── /: answer 200"))
    }

    @Test func countsAFaultOfASharedObjectOnce() {
        let manifest =
            GraphFixture.proxy("one", "{virtualhost: {fqdn: one.io}, includes: [{name: shared}]}")
            + GraphFixture.proxy("two", "{virtualhost: {fqdn: two.io}, includes: [{name: shared}]}")
            + GraphFixture.proxy("shared", "{routes: [{services: [{name: lost, port: 80}]}]}")
        let text = GraphFormat.text.text(of: GraphFixture.report(manifest))
        #expect(text.hasSuffix("2 hosts, 3 HTTPProxies: 2 valid, 1 invalid, 0 orphaned; 1 fault\n"))
    }

    @Test func givesTheSameTextForTheSameObjectsInAnyOrder() {
        let parts = [GraphFixture.shop, Self.other, GraphFixture.proxy("lonely", "{}")]
        for format in GraphFormat.allCases {
            let one = format.text(of: GraphFixture.report(parts[0], parts[1], parts[2]))
            #expect(one == format.text(of: GraphFixture.report(parts[2], parts[0], parts[1])))
        }
    }
}
