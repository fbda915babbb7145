import Admission
import FlaggerAPI
import JSON
import Kubernetes
import Schema
import TestSupport
import Testing

/// Canaries of `v1alpha3` and `v1beta1` in each other's version.
@Suite(.timeLimit(.minutes(1))) struct CanaryVersionsTests {
    /// A Canary of `v1alpha3` with this `spec`.
    private func former(_ spec: JSONValue, annotations: JSONValue? = nil) -> JSONValue {
        canary(CanaryVersions.former, spec, annotations)
    }

    private func current(_ spec: JSONValue, annotations: JSONValue? = nil) -> JSONValue {
        canary(CanaryVersions.current, spec, annotations)
    }

    private func canary(_ version: String, _ spec: JSONValue, _ annotations: JSONValue?) -> JSONValue {
        var object: JSONValue = [
            "apiVersion": .string(version), "kind": "Canary", "metadata": ["name": "podinfo", "namespace": "test"],
            "spec": spec,
        ]
        object[path: "metadata", "annotations"] = annotations
        return object
    }

    private func raised(_ object: JSONValue) throws -> JSONValue {
        try CanaryVersions.converted(object, to: CanaryVersions.current)
    }

    private func lowered(_ object: JSONValue) throws -> JSONValue {
        try CanaryVersions.converted(object, to: CanaryVersions.former)
    }

    @Test func callsTheAnalysisByItsNameInEachVersion() throws {
        let old = former(["provider": "contour", "canaryAnalysis": ["threshold": 5], "skipAnalysis": true])
        let new = current(["provider": "contour", "analysis": ["threshold": 5], "skipAnalysis": true])
        #expect(try raised(old) == new)
        #expect(try lowered(new) == old)
        #expect(try raised(old)["spec"]?.object?.keys == ["provider", "analysis", "skipAnalysis"])
    }

    @Test func takesTheNewNameInTheOldVersionAndRemembersIt() throws {
        let old = former(["analysis": ["threshold": 5]])
        let new = try raised(old)
        #expect(new["spec"] == ["analysis": ["threshold": 5]])
        #expect(new.annotation("canarygate.dev/v1alpha3") == #"{"analysis":"analysis"}"#)
        #expect(try lowered(new) == old)
    }

    @Test func leavesTwoAnalysesForTheRulesToRefuse() throws {
        let old = former(["analysis": ["threshold": 5], "canaryAnalysis": ["threshold": 1]])
        let new = try raised(old)
        #expect(new["spec"] == old["spec"])
        #expect(CanaryRules.findings(in: new).contains { $0.rule == "canary/renamed-analysis" })
        #expect(try lowered(new) == old)
    }

    @Test func keepsAMisplacedAnalysisOfTheNewVersionWhereItIs() throws {
        let new = current(["canaryAnalysis": ["threshold": 5]])
        let old = try lowered(new)
        #expect(old["spec"] == new["spec"])
        #expect(try raised(old) == new)
    }

    @Test(arguments: [
        ("istio_requests_total", "request-success-rate"), ("envoy_cluster_upstream_rq", "request-success-rate"),
        ("istio_request_duration_seconds_bucket", "request-duration"),
        ("envoy_cluster_upstream_rq_time_bucket", "request-duration"),
    ])
    func callsBuiltinMetricsByTheirNamesToday(old: String, new: String) throws {
        let object = former(["canaryAnalysis": ["metrics": [["name": "a"], ["name": .string(old), "threshold": 99]]]])
        let converted = try raised(object)
        let metrics = converted[path: "spec", "analysis", "metrics"]
        #expect(metrics == [["name": "a"], ["name": .string(new), "threshold": 99]])
        #expect(converted.annotation("canarygate.dev/v1alpha3") == #"{"metrics":{"1":"\#(old)"}}"#)
        #expect(try lowered(converted) == object)
    }

    @Test(arguments: [["query": "up"], ["templateRef": ["name": "a"]]] as [JSONValue])
    func leavesMetricsOfTheirOwnAlone(source: JSONValue) throws {
        var metric: JSONValue = ["name": "istio_requests_total"]
        metric = metric.merging(source)
        let object = former(["canaryAnalysis": ["metrics": [metric]]])
        #expect(try raised(object)[path: "spec", "analysis", "metrics"] == [metric])
    }

    @Test func tellsAFormerNameInTheNewVersionFromOneThatWasConverted() throws {
        let new = current(["analysis": ["metrics": [["name": "istio_requests_total"]]]])
        let old = try lowered(new)
        #expect(old.annotation("canarygate.dev/v1beta1") == #"{"literalMetrics":[0]}"#)
        #expect(try raised(old) == new)
    }

    @Test func forgetsAFormerNameThatTheMetricNoLongerHas() throws {
        let notes: JSONValue = ["canarygate.dev/v1alpha3": #"{"metrics":{"0":"istio_requests_total","7":"x"}}"#]
        let new = current(["analysis": ["metrics": [["name": "request-duration"]]]], annotations: notes)
        let old = try lowered(new)
        #expect(old[path: "spec", "canaryAnalysis", "metrics"] == [["name": "request-duration"]])
        #expect(old[path: "metadata", "annotations"] == nil)
    }

    @Test(arguments: ["", "{", "[]", "{\"analysis\":7,\"metrics\":[1],\"literalMetrics\":{}}", "null"])
    func takesNothingFromNotesThatAreNotItsOwn(text: String) throws {
        let notes: JSONValue = ["canarygate.dev/v1alpha3": .string(text), "a": "b"]
        let old = try lowered(current(["analysis": ["threshold": 5]], annotations: notes))
        #expect(old == former(["canaryAnalysis": ["threshold": 5]], annotations: ["a": "b"]))
    }

    @Test(
        arguments: [
            (
                ["apiVersion": "flagger.app/v1alpha3", "kind": "Canary", "metadata": ["name": "a", "namespace": "b"]],
                "flagger.app/v2",
                "convert Canary b/a to flagger.app/v2: no version of it, expected flagger.app/v1beta1 or flagger.app/v1alpha3"
            ),
            (
                ["apiVersion": "flagger.app/v1alpha1", "kind": "Canary", "metadata": ["name": "a", "namespace": "b"]],
                "flagger.app/v1beta1",
                """
                convert Canary b/a to flagger.app/v1beta1: it is in "flagger.app/v1alpha1", expected flagger.app/v1beta1 or \
                flagger.app/v1alpha3
                """
            ),
            (
                ["kind": "Canary", "metadata": [:]], "flagger.app/v1beta1",
                """
                convert Canary without a name to flagger.app/v1beta1: no apiVersion, expected flagger.app/v1beta1 or \
                flagger.app/v1alpha3
                """
            ),
            (
                ["apiVersion": "flagger.app/v1beta1", "kind": "Canary"], "flagger.app/v1alpha3",
                "convert Canary without a name to flagger.app/v1alpha3: metadata: of type null, expected an object"
            ),
            (
                ["apiVersion": "flagger.app/v1beta1", "kind": "Canary", "metadata": ["name": "a", "annotations": 7]],
                "flagger.app/v1alpha3",
                """
                convert Canary a to flagger.app/v1alpha3: metadata.annotations: of type number, expected an object
                """
            ),
            (
                ["apiVersion": "flagger.app/v1beta1", "kind": "AlertProvider", "metadata": ["name": "a"]],
                "flagger.app/v1alpha3",
                """
                convert AlertProvider a to flagger.app/v1alpha3: not of the kind Canary, the only one with two versions
                """
            ),
        ] as [(JSONValue, String, String)]
    )
    func namesWhatCannotBeConverted(object: JSONValue, version: String, text: String) {
        #expect(throws: ConversionRefusal.self) { try CanaryVersions.converted(object, to: version) }
        do { _ = try CanaryVersions.converted(object, to: version) } catch { #expect(error.description == text) }
    }

    @Test func givesFilesInTheVersionThatIsJudged() throws {
        let old = former(["canaryAnalysis": ["threshold": 5]])
        #expect(CanaryVersions.current(of: old) == (try raised(old)))
        for other in [current(["canaryAnalysis": 1]), ["apiVersion": "flagger.app/v2", "kind": "Canary"], 7] {
            #expect(CanaryVersions.current(of: other) == other)
        }
    }

    @Test func saysWhereAFieldStandsInTheFile() {
        let old = former(["canaryAnalysis": ["threshold": 5]])
        #expect(CanaryVersions.path("spec.analysis.metrics[0].name", in: old) == "spec.canaryAnalysis.metrics[0].name")
        #expect(CanaryVersions.path("spec.analysis", in: old) == "spec.canaryAnalysis")
        for path in ["spec.analysisTemplate", "spec.service", "spec"] {
            #expect(CanaryVersions.path(path, in: old) == path)
        }
        #expect(CanaryVersions.path("spec.analysis", in: former(["analysis": 1])) == "spec.analysis")
        #expect(CanaryVersions.path("spec.analysis", in: current(["canaryAnalysis": 1])) == "spec.analysis")
    }
}
