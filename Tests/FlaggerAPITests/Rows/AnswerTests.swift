import Admission
import FlaggerAPI
import HTTP
import HTTPTypes
import JSON
import Kubernetes
import Platform
import TestSupport
import Testing

/// Whole answers, as the API server gets them and kubectl prints them.
@Suite(.timeLimit(.minutes(1))) struct AnswerTests {
    /// The response to a review by `webhook`.
    private func response(
        of webhook: any Webhook,
        _ operation: String,
        _ object: JSONValue,
        in view: ClusterView
    ) async throws -> JSONValue {
        let isDeletion = operation == "DELETE"
        let review: JSONValue = [
            "apiVersion": "admission.k8s.io/v1", "kind": "AdmissionReview",
            "request": [
                "uid": "u-1", "kind": ["group": "flagger.app", "version": "v1beta1", "kind": "Canary"],
                "resource": ["group": "flagger.app", "version": "v1beta1", "resource": "canaries"],
                "name": "podinfo", "namespace": "test", "operation": .string(operation),
                "userInfo": ["username": "admin"], "object": isDeletion ? .null : object,
                "oldObject": isDeletion ? object : .null,
            ],
        ]
        let handler = AdmissionHandler(webhooks: [webhook], view: { view }, clock: ManualClock(), observe: { _ in })
        var head = HTTPRequest(method: .post, scheme: "https", authority: "localhost", path: webhook.path)
        head.headerFields[.contentType] = "application/json"
        let response = await handler.response(to: ServerRequest(head: head, body: review.serialized))
        guard case .bytes(let bytes) = response.body else { return .null }
        return try JSONValue(parsing: Array(bytes))["response"] ?? .null
    }

    private func causes(_ response: JSONValue) -> [String] {
        (response[path: "status", "details", "causes"]?.array ?? []).map {
            "\($0["field"]?.string ?? ""): \($0["message"]?.string ?? "")"
        }
    }

    @Test func aRefusalNamesEveryFaultAndItsRemedy() async throws {
        var canary = ExampleCluster.good(.canary)
        canary[path: "spec", "analysis", "metrics"] = [
            ["name": "errors", "interval": "1m", "thresholdRange": ["max": 1], "templateRef": ["name": "errors"]]
        ]
        canary[path: "spec", "analysis", "mirror"] = true
        let view = ExampleCluster.view(with: [JSONValue]())
        let response = try await response(
            of: FlaggerValidator(.canary, judge: Judge(isDriving: false)),
            "CREATE",
            canary,
            in: view
        )
        #expect(response["allowed"] == false)
        #expect(response[path: "status", "code"] == 422)
        #expect(response[path: "status", "reason"] == "Invalid")
        #expect(response[path: "status", "details", "name"] == "podinfo")
        #expect(response[path: "status", "details", "kind"] == "Canary")
        #expect(
            causes(response) == [
                """
                spec.analysis.mirror: Invalid value: true: Flagger copies no requests on Contour, and would stay at \
                weight 0 for ever; remove it [canary/mirror-stalls]
                """,
                """
                spec.analysis.metrics[0].templateRef.name: Invalid value: "errors": there is no MetricTemplate \
                test/errors, so every check would fail and roll the revision back; apply it first \
                [canary/template-missing]
                """,
            ]
        )
    }

    @Test func warningsAreSaidInWhole() async throws {
        var canary = ExampleCluster.good(.canary)
        canary[path: "spec", "suspend"] = true
        canary[path: "spec", "analysis", "threshold"] = 600
        canary[path: "spec", "service", "portName"] = "grpc"
        let view = ExampleCluster.view(with: [JSONValue]())
        let response = try await response(of: FlaggerValidator(.canary), "CREATE", canary, in: view)
        #expect(response["allowed"] == true)
        #expect(
            response["warnings"] == [
                """
                spec.service.appProtocol: Contour speaks HTTP/1 to the port grpc; write kubernetes.io/h2c \
                [canary/protocol-hint]
                """,
                """
                spec.analysis.threshold: a bad revision would keep its traffic for 300m; write less \
                [canary/slow-rollback]
                """,
                "spec.suspend: nothing is made until it is false; remove it [canary/suspended-new]",
            ]
        )
    }

    @Test func aDeletionThatIsRefusedSaysWhatToDoFirst() async throws {
        var canary = ExampleCluster.good(.canary)
        canary["status"] = ["phase": "Succeeded"]
        var view = ClusterView()
        for (name, replicas) in [("podinfo", 0), ("podinfo-primary", 2)] {
            view.set(
                .deployments,
                [
                    "metadata": ["name": .string(name), "namespace": "test"],
                    "spec": ["replicas": .number(JSONNumber(replicas))],
                ]
            )
        }
        let response = try await response(of: CanaryDeletionGuard(isDriving: false), "DELETE", canary, in: view)
        #expect(response["allowed"] == false)
        #expect(
            causes(response) == [
                """
                spec.targetRef.name: Invalid value: "podinfo": the Deployment podinfo has 0 replicas, and the primary, \
                which has the traffic, goes with the Canary; first run: kubectl -n test scale deployment/podinfo \
                --replicas=2; or, to delete it all the same: kubectl -n test annotate canary/podinfo \
                canarygate.dev/break-glass='<reason>' [canary/delete-outage]
                """
            ]
        )
    }
}
