import Admission
import ContourAPI
import JSON
import Kubernetes
import Lint
import Testing

@Suite(.timeLimit(.minutes(1))) struct ReferenceTests {
    @Test func findsInOneFileWhatAnotherNames() {
        let report = LintFixture.report(LintFixture.proxy, LintFixture.canary, LintFixture.deployment)
        #expect(report.places == [])
    }

    @Test func warnsOfWhatIsInNoFile() {
        let report = LintFixture.report(LintFixture.canary)
        #expect(report.places == ["a.yaml:10:5 warn canary/target-missing"])
        #expect(report.findings[0].message == "no such Deployment yet (not in these files)")
        #expect(report.findings[0].isUnasked)
        #expect(report.exitCode == 1)
        #expect(LintFixture.report(LintFixture.canary, level: .deny).exitCode == 0)
    }

    @Test func looksIntoTheClusterForIt() {
        var cluster = ClusterView()
        cluster.set(.deployments, ["metadata": ["name": "podinfo", "namespace": "test"]])
        #expect(LintFixture.report(LintFixture.canary, cluster: cluster).places == [])
        let report = LintFixture.report(LintFixture.canary, cluster: ClusterView())
        #expect(report.findings.map(\.message) == ["no such Deployment yet"])
    }

    @Test func putsFilesBeforeWhatTheClusterHas() {
        var cluster = ClusterView()
        cluster.set(
            .canaries,
            [
                "metadata": ["name": "podinfo", "namespace": "test"],
                "spec": ["targetRef": ["kind": "Deployment", "name": "other"]],
                "status": ["phase": "Succeeded"],
            ]
        )
        let other = LintFixture.replacing(
            "name: podinfo\n  namespace",
            "name: other\n  namespace",
            in: LintFixture.canary
        )
        let report = LintFixture.report(other, LintFixture.canary, LintFixture.deployment, cluster: cluster)
        #expect(
            report.places == [
                "a.yaml:10:5 deny canary/target-taken", "b.yaml:10:5 deny canary/target-fixed",
                "b.yaml:10:5 deny canary/target-taken", "b.yaml:13:5 warn canary/target-port-at-once",
            ]
        )
    }

    @Test func takesObjectsWithoutANamespaceForThoseOfTheDefault() {
        let report = LintFixture.report(
            LintFixture.replacing("  namespace: test\n", "", in: LintFixture.canary),
            LintFixture.replacing("namespace: test", "namespace: default", in: LintFixture.deployment)
        )
        #expect(report.places == [])
        #expect(report.subjects.map(\.title) == ["Canary default/podinfo"])
    }

    @Test func refusesRootsOutsideTheirNamespaces() {
        let files = (LintFixture.canary, LintFixture.deployment)
        #expect(
            LintFixture.report(
                LintFixture.proxy,
                files.0,
                files.1,
                contour: ContourSettings(rootNamespaces: ["edge", "ops"])
            ).places
                == ["a.yaml:7:3 deny httpproxy/root-namespace"]
        )
        let allowed = LintFixture.report(
            LintFixture.proxy,
            files.0,
            files.1,
            contour: ContourSettings(rootNamespaces: ["edge", "test"])
        )
        #expect(allowed.places == [])
        let child = LintFixture.replacing("  virtualhost:\n    fqdn: app.example.com\n", "", in: LintFixture.proxy)
        #expect(
            LintFixture.report(child, files.0, files.1, contour: ContourSettings(rootNamespaces: ["edge"])).places == []
        )
    }
}
