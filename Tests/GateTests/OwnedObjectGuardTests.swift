import Admission
import Gate
import JSON
import Kubernetes
import Platform
import Testing

@Suite struct OwnedObjectGuardTests {
    private let guardian = OwnedObjectGuard(controllerUsername: controller)

    /// `object` under another name, with the Canary as its controller.
    private func owned(_ object: JSONValue, name: String = "podinfo-primary", breakGlass: String? = nil) -> JSONValue {
        var object = object
        object[path: "metadata", "name"] = .string(name)
        object[path: "metadata", "namespace"] = "test"
        object[path: "metadata", "ownerReferences"] = [
            [
                "apiVersion": "flagger.app/v1beta1", "kind": "Canary", "name": "podinfo", "uid": "canary-uid",
                "controller": true, "blockOwnerDeletion": true,
            ]
        ]
        if let breakGlass {
            object[path: "metadata", "annotations", "canarygate.dev/break-glass"] = .string(breakGlass)
        }
        return object
    }

    private func verdict(_ call: AdmissionRequest, in view: ClusterView? = nil) -> Verdict {
        guardian.verdict(on: call, in: view ?? GateTests.view(canary()), now: now)
    }

    private let byHand = "; or, to do it by hand all the same: kubectl -n test annotate "

    @Test func isAValidatingWebhookOnItsPath() {
        #expect(guardian.path == "/validate/owned")
        #expect(!guardian.isMutating)
    }

    @Test func refusesANewImageOnThePrimary() throws {
        let call = try request(from: owned(deployment(podinfo310)), to: owned(deployment(podinfo311)))
        #expect(
            verdict(call)
                == Verdict(
                    forbidden:
                        "deployment/podinfo-primary belongs to canary podinfo: its pods change only by promotion "
                        + "of what deployment/podinfo was analysed with; instead run: kubectl -n test set image "
                        + "deployment/podinfo podinfod=stefanprodan/podinfo:3.1.1" + byHand
                        + "deployment/podinfo-primary canarygate.dev/break-glass='<reason>'"
                )
        )
    }

    @Test func refusesAnotherTemplateOnThePrimary() throws {
        let red = template("stefanprodan/podinfo:3.1.0", color: "red")
        let call = try request(from: owned(deployment(podinfo310)), to: owned(deployment(red)))
        #expect(
            verdict(call)
                == Verdict(
                    forbidden:
                        "deployment/podinfo-primary belongs to canary podinfo: its pods change only by promotion "
                        + "of what deployment/podinfo was analysed with; instead run: kubectl -n test edit "
                        + "deployment/podinfo" + byHand
                        + "deployment/podinfo-primary canarygate.dev/break-glass='<reason>'"
                )
        )
    }

    @Test func refusesARemoval() throws {
        let call = try request(.delete, from: owned(deployment(podinfo310)), to: nil)
        #expect(
            verdict(call)
                == Verdict(
                    forbidden: "deployment/podinfo-primary belongs to canary podinfo: live traffic needs it, it goes "
                        + "when the canary goes; instead run: kubectl -n test delete canary/podinfo" + byHand
                        + "deployment/podinfo-primary canarygate.dev/break-glass='<reason>'"
                )
        )
    }

    @Test func refusesAServiceAndAnAutoscaler() throws {
        let service: JSONValue = ["kind": "Service", "spec": ["selector": ["app": "podinfo-primary"]]]
        var elsewhere = service
        elsewhere[path: "spec", "selector", "app"] = "podinfo"
        let selector = try request(.update, .services, from: owned(service), to: owned(elsewhere))
        #expect(
            verdict(selector).forbidden
                == "service/podinfo-primary belongs to canary podinfo: its spec is made from the canary and its target; "
                + "instead run: kubectl -n test edit canary/podinfo" + byHand
                + "service/podinfo-primary canarygate.dev/break-glass='<reason>'"
        )
        let scaler: JSONValue = ["kind": "HorizontalPodAutoscaler", "spec": ["maxReplicas": 4]]
        let more = try request(.update, .autoscalers, from: owned(scaler), to: owned(["spec": ["maxReplicas": 9]]))
        #expect(
            verdict(more).forbidden
                == "hpa/podinfo-primary belongs to canary podinfo: its spec is made from the canary and its target; "
                + "instead run: kubectl -n test edit hpa/podinfo" + byHand
                + "hpa/podinfo-primary canarygate.dev/break-glass='<reason>'"
        )
    }

    @Test func refusesToTakeAnObjectFromItsCanaryOrToForgeItsAnnotations() throws {
        var orphan = owned(deployment(podinfo310))
        orphan[path: "metadata", "ownerReferences"] = nil
        let call = try request(from: owned(deployment(podinfo310)), to: orphan)
        #expect(verdict(call).forbidden?.contains("without its owner it would be left behind") == true)
        var renamed = owned(deployment(podinfo310))
        renamed[path: "metadata", "ownerReferences"] = [
            (renamed[path: "metadata", "ownerReferences"]?[0] ?? [:]).merging(["name": "nosuch"])
        ]
        let other = try request(from: owned(deployment(podinfo310)), to: renamed)
        #expect(verdict(other).forbidden?.contains("without its owner it would be left behind") == true)
        // One that was renamed while nobody looked is guarded all the same: the loop goes by the uid.
        var changed = renamed
        changed[path: "spec", "template"] = podinfo311
        #expect(verdict(try request(from: renamed, to: changed)).forbidden?.contains("set image") == true)
        var forged = owned(deployment(podinfo310))
        forged[path: "metadata", "annotations", "canarygate.dev/revision"] = "0123456789"
        let forgery = try request(from: owned(deployment(podinfo310)), to: forged)
        #expect(verdict(forgery).forbidden?.contains("are the loop's memory") == true)
    }

    @Test func letsLabelsForeignAnnotationsAndFinalizersThrough() throws {
        var touched = owned(deployment(podinfo310))
        touched[path: "metadata", "labels", "team"] = "web"
        touched[path: "metadata", "annotations", "example.com/note"] = "hello"
        touched[path: "metadata", "finalizers"] = ["example.com/wait"]
        let call = try request(from: owned(deployment(podinfo310)), to: touched)
        #expect(verdict(call) == .allowed)
    }

    @Test func letsBreakGlassThroughWithAWarning() throws {
        let glass = "INC-42: 3.1.0\nleaks"
        let changed = owned(deployment(podinfo311), breakGlass: glass)
        let expected = broken("deployment/podinfo-primary", "INC-42: 3.1.0 leaks")
        let update = try request(from: owned(deployment(podinfo310)), to: changed)
        #expect(verdict(update) == expected)
        let removal = try request(.delete, from: changed, to: nil)
        #expect(verdict(removal) == expected)
        let blank = try request(from: owned(deployment(podinfo310)), to: owned(deployment(podinfo311), breakGlass: " "))
        #expect(!verdict(blank).isAllowed)
    }

    @Test(arguments: [
        controller,
        "system:serviceaccount:kube-system:generic-garbage-collector",
        "system:serviceaccount:kube-system:namespace-controller",
        "system:serviceaccount:kube-system:deployment-controller",
        "system:serviceaccount:kube-system:horizontal-pod-autoscaler",
    ])
    func letsTheLoopAndTheClusterThrough(user: String) throws {
        let call = try request(from: owned(deployment(podinfo310)), to: owned(deployment(podinfo311)), by: user)
        #expect(verdict(call) == .allowed)
        #expect(verdict(try request(.delete, from: owned(deployment(podinfo310)), to: nil, by: user)) == .allowed)
    }

    @Test func doesNotTakeAnyAccountOfTheSystemsNamespaceForTheCluster() throws {
        let user = "system:serviceaccount:kube-system:flux"
        let call = try request(from: owned(deployment(podinfo310)), to: owned(deployment(podinfo311)), by: user)
        #expect(!verdict(call).isAllowed)
    }

    @Test func letsGoWhatHasNoLiveCanary() throws {
        let call = try request(.delete, from: owned(deployment(podinfo310)), to: nil)
        #expect(verdict(call, in: ClusterView()) == .allowed)
        var leaving = canary()
        leaving[path: "metadata", "deletionTimestamp"] = "2026-11-25T05:00:00Z"
        #expect(verdict(call, in: GateTests.view(leaving)) == .allowed)
        var namesake = canary()
        namesake[path: "metadata", "uid"] = "another"
        #expect(verdict(call, in: GateTests.view(namesake)) == .allowed)
        var other = deployment(podinfo310)
        other[path: "metadata", "name"] = "other"
        let free = try request(.delete, from: other, to: nil)
        #expect(verdict(free) == .allowed)
    }
}
