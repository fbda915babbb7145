import Admission
import ContourAPI
import FlaggerAPI
import JSON
import Kubernetes
import Lint
import Schema
import Testing

/// What Contour reads, and what that refers to.
@Suite(.timeLimit(.minutes(1))) struct ContourTests {
    private static let root = """
        apiVersion: projectcontour.io/v1
        kind: HTTPProxy
        metadata:
          name: shop
          namespace: test
        spec:
          virtualhost:
            fqdn: shop.example
            tls:
              secretName: shop-tls
          routes:
          - services:
            - name: shop
              port: 80

        """
    private static let service = """
        apiVersion: v1
        kind: Service
        metadata:
          name: shop
          namespace: test
        spec:
          ports:
          - port: 80

        """
    private static let secret = """
        apiVersion: v1
        kind: Secret
        metadata:
          name: shop-tls
          namespace: test
        type: kubernetes.io/dockerconfigjson
        stringData:
          .dockerconfigjson: "{}"

        """

    private static let plain = LintFixture.replacing("    tls:\n      secretName: shop-tls\n", "", in: root)

    @Test func missesNoSecretInFilesAlone() {
        #expect(LintFixture.report(Self.root, Self.service).places.isEmpty)
    }

    @Test func missesASecretThatTheClusterDoesNotHave() {
        var cluster = ClusterView()
        for type in LintFixture.types { cluster.replace(type, with: []) }
        let sources = [Self.root, Self.service].enumerated().map { index, text in
            Source(name: "\(index).yaml", bytes: Array(text.utf8))
        }
        let report = Linter(types: LintFixture.types).report(on: sources, cluster: cluster)
        #expect(report.places == ["0.yaml:10:7 warn httpproxy/secret-missing"])
    }

    @Test func readsWhatASecretOfTheFilesCanBeUsedFor() {
        let report = LintFixture.report(Self.root, Self.service, Self.secret)
        #expect(report.places == ["a.yaml:10:7 warn httpproxy/secret-unusable"])
        #expect(report.findings.map(\.isUnasked) == [false])
        #expect(report.summary == "1 object, 0 denied, 1 warning, 2 of other kinds not judged")
    }

    @Test func warnsOfAnObjectThatNoRootOfTheFilesLeadsTo() {
        let child = LintFixture.replacing("  virtualhost:\n    fqdn: shop.example\n", "", in: Self.plain)
        let report = LintFixture.report(child, Self.service)
        #expect(report.places == ["a.yaml:4:3 warn httpproxy/orphan"])
        #expect(report.findings.map(\.isUnasked) == [true])
    }

    @Test func appliesModesAndLabels() {
        let wrong = LintFixture.replacing("fqdn: shop.example", "fqdn: Shop.example", in: Self.plain)
        #expect(LintFixture.report(wrong, Self.service).places == ["a.yaml:8:5 deny httpproxy/fqdn-invalid"])
        let modes = RuleModes(RuleCatalogue.book, given: ["httpproxy/fqdn-invalid": .warn])
        #expect(
            LintFixture.report(wrong, Self.service, judge: Judge(modes: modes)).places
                == ["a.yaml:8:5 warn httpproxy/fqdn-invalid"]
        )
        let labels = "  name: test\n  labels:\n    rules.canarygate.dev/httpproxy.fqdn-invalid: 'off'\n"
        let namespace = "apiVersion: v1\nkind: Namespace\nmetadata:\n" + labels
        let whole = Judge(modes: RuleModes(RuleCatalogue.book))
        #expect(LintFixture.report(wrong, Self.service, namespace, judge: whole).places == [])
    }

    @Test func saysWhatAServiceTakesFromTheCluster() {
        var cluster = ClusterView()
        let proxy: JSONValue = [
            "apiVersion": "projectcontour.io/v1", "kind": "HTTPProxy",
            "metadata": ["name": "shop", "namespace": "test"],
            "spec": [
                "virtualhost": ["fqdn": "shop.example"], "routes": [["services": [["name": "shop", "port": 80]]]],
            ],
        ]
        cluster.set(.httpProxies, proxy)
        cluster.set(.services, ["metadata": ["name": "shop", "namespace": "test"], "spec": ["ports": [["port": 80]]]])
        let moved = LintFixture.replacing("port: 80", "port: 8080", in: Self.service)
        let report = LintFixture.report(moved, cluster: cluster)
        #expect(report.places == ["a.yaml:7:3 warn service/port-needed-by-proxy"])
        #expect(report.findings.first?.page == "docs/rules/service/port-needed-by-proxy.md")
        let same = LintFixture.report(Self.service, cluster: cluster)
        #expect(same.places == [])
        #expect(same.summary == "0 objects, 0 denied, 0 warnings, 1 of other kinds not judged")
    }

    @Test func judgesDelegations() {
        let delegation = """
            apiVersion: projectcontour.io/v1
            kind: TLSCertificateDelegation
            metadata:
              name: shop-tls
              namespace: test
            spec:
              delegations:
              - secretName: shop-tls
                targetNamespaces:
                - "*"
                - web

            """
        let report = LintFixture.report(delegation)
        #expect(report.places == ["a.yaml:10:7 deny tlscertificatedelegation/wildcard-beside-others"])
        #expect(report.subjects.map(\.title) == ["TLSCertificateDelegation test/shop-tls"])
    }

    @Test func tellsEffectAndConditionToPrograms() throws {
        let report = LintFixture.report(LintFixture.replacing("port: 80", "port: 81", in: Self.plain), Self.service)
        #expect(report.places == ["a.yaml:12:7 warn httpproxy/service-port-missing"])
        let log = try JSONValue(parsing: ReportFormat.sarif.text(of: report, version: "1.2.3"))
        let result = log[path: "runs"]?[0]?[path: "results"]?[0]
        #expect(
            result?["properties"] == [
                "effect": .string(try #require(report.findings.first?.finding.effect)),
                "condition": "Contour: ServiceError/ServiceUnresolvedReference",
            ]
        )
        let rule = log[path: "runs"]?[0]?[path: "tool", "driver", "rules"]?[0]
        #expect(rule?[path: "shortDescription", "text"] == "the Service has the port")
        let list = try JSONValue(parsing: ReportFormat.json.text(of: report, version: "1.2.3"))
        #expect(list[0]?["effect"]?.string == report.findings.first?.finding.effect)
    }

    @Test func refusesAKindThatContourDoesNotHave() {
        let report = LintFixture.report(LintFixture.replacing("kind: HTTPProxy", "kind: HTTPProxi", in: Self.plain))
        #expect(
            report.faults.map(\.reason) == [
                """
                HTTPProxi is no kind of projectcontour.io, which has HTTPProxy, TLSCertificateDelegation, \
                ExtensionService, ContourConfiguration, ContourDeployment; did you mean HTTPProxy?
                """
            ]
        )
    }
}
