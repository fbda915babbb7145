import Admission
import ContourAPI
import JSON
import Kubernetes
import Platform
import Schema
import TestSupport
import Testing

/// The HTTPProxy of `manifests/examples`, applied before anything else is there.
@Suite(.timeLimit(.minutes(1))) struct ContourAPITests {
    @Test func warnsOfTheExamplesIncludeInFull() throws {
        let proxy = try #require(try RepositoryFiles.documents("manifests/examples/httpproxy.yaml").first)
        var view = ClusterView()
        for type in [ResourceType.httpProxies, .services, .canaries] { view.replace(type, with: []) }
        let verdict = try ProxyCalls.verdict(on: proxy, in: view)
        #expect(
            verdict.findings.map(\.text) == [
                """
                spec.includes[0].name: no HTTPProxy test/podinfo yet, so requests to / get 502 (Contour: \
                IncludeError/IncludeNotFound); apply it, or its canary [httpproxy/include-missing]
                """
            ]
        )
        #expect(ProxyCalls.cutWarnings(in: verdict.findings).isEmpty)
    }
}
