import Admission
import ContourAPI
import JSON
import Kubernetes
import Schema
import Testing

@Suite(.timeLimit(.minutes(1))) struct ContourJudgeTests {
    private static let wrong = ContourExamples.good(.httpProxy).merging(
        ["spec": ["routes": [["services": [["name": "podinfo", "port": 80]], "timeoutPolicy": ["idle": "5"]]]]]
    )
    private static let view = ContourExamples.view(judging: .httpProxy, with: [])

    private func rules(
        _ judge: ContourJudge,
        _ object: JSONValue = wrong,
        insteadOf stored: JSONValue? = nil,
        isStrict: Bool = false,
        in view: ClusterView = view
    ) -> [String] {
        judge.judgement(of: object, as: .httpProxy, insteadOf: stored, isStrict: isStrict, in: view).findings
            .map { "\($0.severity.rawValue) \($0.rule)" }
    }

    @Test func theServersModesHold() throws {
        func judge(_ mode: String) throws -> ContourJudge {
            ContourJudge(modes: try RuleModes(RuleCatalogue.book, parsing: ["httpproxy/timeout-invalid=\(mode)"]))
        }
        #expect(rules(ContourJudge()) == ["deny httpproxy/timeout-invalid"])
        #expect(rules(try judge("warn")) == ["warn httpproxy/timeout-invalid"])
        #expect(rules(try judge("off")) == [])
        let audited = try judge("audit").judgement(of: Self.wrong, as: .httpProxy, in: Self.view)
        #expect(audited.findings.isEmpty)
        #expect(audited.audited.map(\.rule) == ["httpproxy/timeout-invalid"])
    }

    @Test func aNamespacesLabelGoesFirst() {
        var view = Self.view
        let labels: JSONValue = ["rules.canarygate.dev/httpproxy.timeout-invalid": "warn"]
        view.set(.namespaces, ["metadata": ["name": "test", "labels": labels]])
        #expect(rules(ContourJudge(), in: view) == ["warn httpproxy/timeout-invalid"])
    }

    @Test func aWrongLabelIsToldOnlyWhereARuleIsAsked() {
        var view = Self.view
        let labels: JSONValue = ["rules.canarygate.dev/httproxy.timeout-invalid": "warn"]
        view.set(.namespaces, ["metadata": ["name": "test", "labels": labels]])
        let judge = ContourJudge()
        let notes = judge.judgement(of: Self.wrong, as: .httpProxy, in: view).notes
        #expect(
            notes == [
                "namespace label httproxy.timeout-invalid: no such rule; did you mean httpproxy/timeout-invalid?"
            ]
        )
        #expect(judge.judgement(of: ContourExamples.good(.service), as: .service, in: view).notes == [])
    }

    @Test func aStoredFaultIsAWarningWhateverItsMode() throws {
        var changed = Self.wrong
        changed[path: "spec", "ingressClassName"] = "contour"
        #expect(rules(ContourJudge(), changed, insteadOf: Self.wrong) == ["warn httpproxy/timeout-invalid"])
        let modes = try RuleModes(RuleCatalogue.book, parsing: ["httpproxy/timeout-invalid=deny"])
        #expect(rules(ContourJudge(modes: modes), changed, insteadOf: Self.wrong) == ["warn httpproxy/timeout-invalid"])
        #expect(
            rules(ContourJudge(), changed, insteadOf: Self.wrong, isStrict: true) == ["deny httpproxy/timeout-invalid"]
        )
    }

    @Test func aChangeOfLabelsSaysNothingButOneOfTheClassDoes() {
        var labelled = Self.wrong
        labelled[path: "metadata", "labels", "team"] = "web"
        #expect(rules(ContourJudge(), labelled, insteadOf: Self.wrong) == [])
        var moved = Self.wrong
        moved[path: "metadata", "annotations", "kubernetes.io/ingress.class"] = "contour"
        #expect(rules(ContourJudge(), moved, insteadOf: Self.wrong) == ["warn httpproxy/timeout-invalid"])
    }

    @Test func rootsAreTakenWhereContourTakesThem() {
        let judge = ContourJudge(settings: ContourSettings(rootNamespaces: ["edge"]))
        #expect(rules(judge, ContourExamples.good(.httpProxy)) == ["deny httpproxy/root-namespace"])
        #expect(rules(ContourJudge(), ContourExamples.good(.httpProxy)) == [])
    }

    @Test(arguments: [
        ("projectcontour.io/v1", "HTTPProxy", ContourKind.httpProxy), ("v1", "Service", .service),
        ("projectcontour.io/v1alpha1", "ExtensionService", .extensionService),
    ])
    func knowsAKindByGroupAndName(version: String, name: String, kind: ContourKind) {
        let object: JSONValue = ["apiVersion": .string(version), "kind": .string(name)]
        #expect(ContourKind(of: object) == kind)
        #expect(ContourKind(of: ["apiVersion": "serving.knative.dev/v1", "kind": .string(name)]) == nil)
        #expect(ContourKind(prefix: kind.prefix) == kind)
    }
}
