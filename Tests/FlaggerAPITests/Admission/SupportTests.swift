import Admission
import FlaggerAPI
import JSON
import Testing

/// What Flagger has and this server has not: what the user reads.
@Suite struct SupportTests {
    static let cases: [WrongCanary] = [
        WrongCanary(
            "bluegreen",
            [("/spec/analysis/stepWeight", nil), ("/spec/analysis/maxWeight", nil), ("/spec/analysis/iterations", 10)],
            []
        ),
        WrongCanary(
            "abTest",
            [
                ("/spec/analysis/stepWeight", nil), ("/spec/analysis/maxWeight", nil),
                ("/spec/analysis/iterations", 10),
                ("/spec/analysis/match", [["headers": ["x-canary": ["exact": "insider"]]]]),
            ],
            []
        ),
        WrongCanary(
            "daemonSet",
            [("/spec/targetRef/kind", "DaemonSet")],
            []
        ),
        WrongCanary(
            "serviceTarget",
            [
                ("/spec/targetRef", ["apiVersion": "v1", "kind": "Service", "name": "podinfo"]),
                ("/spec/service/name", "web"),
                (
                    "/spec/autoscalerRef",
                    ["apiVersion": "autoscaling/v2", "kind": "HorizontalPodAutoscaler", "name": "a"]
                ),
            ],
            [
                """
                deny {...}: spec.autoscalerRef: a Service is not scaled; remove it [canary/not-supported-yet]
                """,
                """
                deny "web": spec.service.name: a target of kind Service is the one that users call; write podinfo, or \
                leave it out [canary/not-supported-yet]
                """,
            ]
        ),
        WrongCanary(
            "scaledObject",
            [("/spec/autoscalerRef", ["apiVersion": "keda.sh/v1alpha1", "kind": "ScaledObject", "name": "podinfo"])],
            []
        ),
        WrongCanary(
            "inlineQuery",
            [("/spec/analysis/metrics/0/name", "errors"), ("/spec/analysis/metrics/0/query", "up")],
            [
                """
                deny "up": spec.analysis.metrics[0].query: only the builtin metrics are measured; use \
                request-success-rate or request-duration [canary/not-supported-yet]
                """
            ]
        ),
        WrongCanary(
            "eventHook",
            [("/spec/analysis/webhooks/0/type", "event")],
            [
                """
                warn "event": spec.analysis.webhooks[0].type: event hooks are not called; read the Events \
                [canary/not-supported-yet]
                """
            ]
        ),
        WrongCanary(
            "alerts",
            [("/spec/analysis/alerts", [["name": "chat", "providerRef": ["name": "slack"]]])],
            [
                "warn [...]: spec.analysis.alerts: no alert is sent; read the Events [canary/not-supported-yet]"
            ]
        ),
        WrongCanary("mirror", [("/spec/analysis/mirror", true), ("/spec/analysis/mirrorWeight", 25)], []),
        WrongCanary("sessionAffinity", [("/spec/analysis/sessionAffinity", ["cookieName": "a"])], []),
        WrongCanary(
            "otherMesh",
            [
                ("/spec/provider", "istio"), ("/spec/service/hosts", ["a.example"]),
                ("/spec/service/rewrite", ["uri": "/"]),
            ],
            [
                """
                deny "istio": spec.provider: only Contour's HTTPProxy and plain Services are driven; write contour or \
                kubernetes [canary/not-supported-yet]
                """,
                "warn [...]: spec.service.hosts: ignored with Contour; remove it [canary/not-supported-yet]",
                "warn {...}: spec.service.rewrite: ignored with Contour; remove it [canary/not-supported-yet]",
            ]
        ),
        WrongCanary(
            "templateVariables",
            [("/spec/analysis/metrics/0/templateVariables", ["a": "b"])],
            [
                """
                warn {...}: spec.analysis.metrics[0].templateVariables: no template reads them; remove it \
                [canary/not-supported-yet]
                """
            ]
        ),
        WrongCanary(
            "unmanagedMetadata",
            [("/spec/service/unmanagedMetadata", ["labels": ["team"]])],
            [
                """
                warn {...}: spec.service.unmanagedMetadata: what others write is kept anyway; remove it \
                [canary/not-supported-yet]
                """
            ]
        ),
        WrongCanary(
            "referenceVersions",
            [
                ("/spec/targetRef/apiVersion", "extensions/v1beta1"),
                (
                    "/spec/autoscalerRef",
                    [
                        "apiVersion": "autoscaling/v2beta2", "kind": "HorizontalPodAutoscaler", "name": "podinfo",
                        "primaryScalerQueries": ["a": "up"],
                    ]
                ),
            ],
            [
                """
                warn {...}: spec.autoscalerRef.primaryScalerQueries: for KEDA alone; remove it \
                [canary/not-supported-yet]
                """,
                """
                warn "extensions/v1beta1": spec.targetRef.apiVersion: read as apps/v1; write that \
                [canary/reference-version]
                """,
                """
                warn "autoscaling/v2beta2": spec.autoscalerRef.apiVersion: read as autoscaling/v2; write that \
                [canary/reference-version]
                """,
            ]
        ),
        WrongCanary(
            "ingressRef",
            [("/spec/ingressRef", ["apiVersion": "v1", "kind": "Ingress", "name": "a"])],
            [
                "warn {...}: spec.ingressRef: ignored with Contour; remove it [canary/not-supported-yet]"
            ]
        ),
    ]

    @Test(arguments: cases) func says(wrong: WrongCanary) throws {
        #expect(try wrong.texts() == wrong.expected)
        #expect(try wrong.tooLongWarnings().isEmpty)
    }

    /// Beside Flagger, which has all of it, nothing of the kind is said.
    @Test func saysNothingBesideFlagger() throws {
        let canary = try CanaryFixture.edited([
            ("/spec/provider", "istio"), ("/spec/revertOnDeletion", true), ("/spec/analysis/mirror", true),
            ("/spec/analysis/alerts", [["name": "chat", "providerRef": ["name": "slack"]]]),
        ])
        let request = try CanaryFixture.request(canary)
        let validator = FlaggerValidator(.canary, judge: Judge(isDriving: false))
        #expect(validator.verdict(on: request, in: ClusterView(), now: CanaryFixture.now) == .allowed)
        let defaulter = CanaryDefaulter(isDriving: false)
        #expect(defaulter.verdict(on: request, in: ClusterView(), now: CanaryFixture.now).isAllowed)
        #expect(!CanaryDefaulter().verdict(on: request, in: ClusterView(), now: CanaryFixture.now).isAllowed)
    }
}
