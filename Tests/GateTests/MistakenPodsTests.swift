import Admission
import Gate
import JSON
import Kubernetes
import Platform
import Testing

/// Other ways to the Services' traffic: labels of another Deployment, the selector of a Service from before.
@Suite(.timeLimit(.minutes(1))) struct MistakenPodsTests {
    private let guardian = OwnedObjectGuard(controllerUsername: controller)

    private func service(_ name: String, app: String) -> JSONValue {
        [
            "kind": "Service", "metadata": ["name": .string(name), "namespace": "test"],
            "spec": ["selector": ["app": .string(app)], "ports": [["port": 80]]],
        ]
    }

    private func cluster(phase: String = "Progressing") -> ClusterView {
        var view = view(canary(phase: phase))
        view.set(.services, service("podinfo", app: "podinfo-primary"))
        view.set(.services, service("podinfo-primary", app: "podinfo-primary"))
        view.set(.services, service("podinfo-canary", app: "podinfo"))
        return view
    }

    private func worker(_ app: String, glass: String? = nil) -> JSONValue {
        var worker = deployment(podinfo311, replicas: 1)
        worker[path: "metadata", "name"] = "worker"
        worker[path: "metadata", "annotations"] = glass.map { ["canarygate.dev/break-glass": .string($0)] }
        worker[path: "spec", "template", "metadata", "labels"] = ["app": .string(app), "tier": "worker"]
        return worker
    }

    private func verdict(
        from stored: JSONValue?,
        to sent: JSONValue,
        _ type: ResourceType = .deployments,
        in view: ClusterView
    ) throws -> Verdict {
        let call = try request(stored == nil ? .create : .update, type, from: stored, to: sent)
        return guardian.verdict(on: call, in: view, now: now)
    }

    @Test(arguments: [("podinfo-primary", "podinfo-primary"), ("podinfo", "podinfo-canary")])
    func refusesADeploymentWithAServicesLabels(app: String, service: String) throws {
        let expected = Verdict(
            forbidden: """
                deployment/worker: its pods have app=\(app), by which service/\(service) of canary podinfo finds its \
                own, and would get live traffic that no analysis has seen; write another label in \
                spec.template.metadata.labels and spec.selector; or, to do it all the same, put the annotation \
                canarygate.dev/break-glass: '<reason>' on it
                """
        )
        #expect(try verdict(from: nil, to: worker(app), in: cluster()) == expected)
        #expect(try verdict(from: worker("worker"), to: worker(app), in: cluster()) == expected)
    }

    @Test func takesNoOwnerThatIsMadeUp() throws {
        var forged = worker("podinfo-primary")
        forged[path: "metadata", "ownerReferences"] = [
            [
                "apiVersion": "flagger.app/v1beta1", "kind": "Canary", "name": "podinfo", "uid": "canary-uid",
                "controller": true,
            ]
        ]
        #expect(try !verdict(from: nil, to: forged, in: cluster()).isAllowed)
    }

    @Test func letsWhatNoServiceSelects() throws {
        #expect(try verdict(from: nil, to: worker("worker"), in: cluster()) == .allowed)
        #expect(try verdict(from: nil, to: worker("podinfo"), in: cluster(phase: "Initializing")) == .allowed)
        #expect(try verdict(from: nil, to: deployment(podinfo311), in: cluster()) == .allowed)
    }

    @Test func letsWhatWasSelectedBefore() throws {
        let stored = worker("podinfo")
        var sent = stored
        sent[path: "spec", "replicas"] = 3
        #expect(try verdict(from: stored, to: sent, in: cluster()) == .allowed)
    }

    @Test func letsItThroughABrokenGlass() throws {
        let sent = worker("podinfo", glass: "shared on purpose")
        let expected = broken("deployment/worker", "shared on purpose")
        #expect(try verdict(from: nil, to: sent, in: cluster()) == expected)
    }

    @Test func keepsAServiceFromBeforeOnThePrimary() throws {
        let (stored, sent) = (service("podinfo", app: "podinfo-primary"), service("podinfo", app: "podinfo"))
        #expect(
            try verdict(from: stored, to: sent, .services, in: cluster())
                == Verdict(
                    forbidden: """
                        service/podinfo: canary podinfo has it lead to podinfo-primary, and with another selector its \
                        callers would get pods that no analysis has seen, or none; instead keep spec.selector as it is \
                        stored, or leave the Service out of what you apply; or, to do it all the same: kubectl -n test \
                        annotate service/podinfo canarygate.dev/break-glass='<reason>'
                        """
                )
        )
        var annotated = sent
        annotated[path: "metadata", "annotations", "canarygate.dev/break-glass"] = "incident 7"
        let expected = broken("service/podinfo", "incident 7", "services")
        #expect(try verdict(from: stored, to: annotated, .services, in: cluster()) == expected)
    }

    @Test func letsATeamChangeTheRestOfItsService() throws {
        let stored = service("podinfo", app: "podinfo-primary")
        var sent = stored
        sent[path: "spec", "sessionAffinity"] = "ClientIP"
        #expect(try verdict(from: stored, to: sent, .services, in: cluster()) == .allowed)
        // Not yet adopted.
        let early = service("podinfo", app: "podinfo")
        #expect(try verdict(from: early, to: service("podinfo", app: "web"), .services, in: cluster()) == .allowed)
    }

    /// The selector of a target that is a Service is the revision to be analysed; the loop lets it in by a copy.
    @Test func letsATeamChangeATargetThatIsAService() throws {
        var view = view(canary(phase: "Succeeded", autoscaler: false, kind: "Service"))
        let stored = service("podinfo", app: "blue")
        view.set(.services, stored)
        view.set(.services, service("podinfo-primary", app: "blue"))
        #expect(try verdict(from: stored, to: service("podinfo", app: "green"), .services, in: view) == .allowed)
    }
}
