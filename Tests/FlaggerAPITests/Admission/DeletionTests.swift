import Admission
import FlaggerAPI
import JSON
import Kubernetes
import Platform
import Schema
import Testing

/// What becomes of the deletion of a Canary.
@Suite(.timeLimit(.minutes(1))) struct DeletionTests {
    private func canary(_ edits: [(String, JSONValue?)] = []) throws -> JSONValue {
        try CanaryFixture.edited(
            [(path: "/status", value: ["phase": "Succeeded"])] + edits.map { (path: $0.0, value: $0.1) }
        )
    }

    private func deployment(_ name: String, replicas: Int, available: Int? = nil) -> JSONValue {
        var object: JSONValue = [
            "metadata": ["name": .string(name), "namespace": "test"],
            "spec": ["replicas": .number(JSONNumber(replicas))],
        ]
        if let available { object["status"] = ["availableReplicas": .number(JSONNumber(available))] }
        return object
    }

    private func view(target: JSONValue) -> ClusterView {
        var view = ClusterView([.namespaces: [:]])
        view.set(.deployments, target)
        view.set(.deployments, deployment("podinfo-primary", replicas: 3))
        let admin = AccessQuestion(username: "admin", groups: [], namespace: "test")
        view.record(admin, isAllowed: true, at: CanaryFixture.now)
        return view
    }

    private func verdict(
        _ canary: JSONValue,
        in view: ClusterView,
        by username: String = "admin",
        isDriving: Bool = true
    ) throws -> Verdict {
        let request = AdmissionRequest(
            uid: "u",
            group: "flagger.app",
            version: "v1beta1",
            resource: "canaries",
            kind: "Canary",
            name: "podinfo",
            namespace: "test",
            operation: .delete,
            username: username,
            object: nil,
            oldObject: try JSONDocument(parsing: canary.serialized).root
        )
        return CanaryDeletionGuard(isDriving: isDriving).verdict(on: request, in: view, now: CanaryFixture.now)
    }

    private let empty = "spec.targetRef.name: the Deployment podinfo has 0 replicas"
    private let consequence = ", and the primary, which has the traffic, goes with the Canary; first run: "
    private let unkept = ", the Canary has not the finalizer canarygate.dev/handover"
    private let keep =
        "kubectl -n test label --overwrite canary/podinfo canarygate.dev/managed=true, which puts it on; then delete it"

    private let anyway =
        "; or, to delete it all the same: kubectl -n test annotate canary/podinfo "
        + "canarygate.dev/break-glass='<reason>' [canary/delete-outage]"

    @Test func refusesToLeaveNothingThatServes() throws {
        let verdict = try verdict(canary(), in: view(target: deployment("podinfo", replicas: 0)))
        #expect(verdict.findings.map(\.text) == [empty + unkept + consequence + keep + anyway])
        #expect(!verdict.isAllowed)
    }

    @Test(arguments: ["Succeeded", "Progressing", "WaitingPromotion", "Promoting"])
    func letsTheLoopHandOver(phase: String) throws {
        let kept = try canary([
            ("/metadata/finalizers", ["canarygate.dev/handover"]), ("/status/phase", .string(phase)),
        ])
        let view = view(target: deployment("podinfo", replicas: 0))
        #expect(try verdict(kept, in: view) == .allowed)
        #expect(try !verdict(kept, in: view, isDriving: false).isAllowed || phase == "Promoting")
    }

    /// The loop leaves the route behind, but with a broken glass.
    @Test func warnsOfAnIncludeWhereTheRouteGoesToo() throws {
        var view = view(target: deployment("podinfo", replicas: 3, available: 3))
        var proxy: JSONValue = ["metadata": ["name": "podinfo", "namespace": "test"]]
        let owner: JSONValue = [
            "apiVersion": "flagger.app/v1beta1", "kind": "Canary", "name": "podinfo", "uid": "u", "controller": true,
        ]
        proxy[path: "metadata", "ownerReferences"] = [owner]
        view.set(.httpProxies, proxy)
        view.set(
            .httpProxies,
            ["metadata": ["name": "root", "namespace": "test"], "spec": ["includes": [["name": "podinfo"]]]]
        )
        func rules(_ canary: JSONValue, isDriving: Bool = true) throws -> [String] {
            try verdict(canary, in: view, isDriving: isDriving).findings.map(\.rule)
        }
        let kept = ("/metadata/finalizers", ["canarygate.dev/handover"] as JSONValue?)
        #expect(try rules(canary()) == ["canary/delete-breaks-include"])
        #expect(try rules(canary([kept])) == [])
        #expect(try rules(canary([kept]), isDriving: false) == ["canary/delete-breaks-include"])
        let broken = ("/metadata/annotations", ["canarygate.dev/break-glass": "moved"] as JSONValue?)
        #expect(try rules(canary([kept, broken])) == ["canary/delete-breaks-include"])
    }

    @Test func aBrokenGlassLeavesNothingThatServesWhateverTheFinalizer() throws {
        let broken = try canary([
            ("/metadata/finalizers", ["canarygate.dev/handover"]),
            ("/metadata/annotations", ["canarygate.dev/break-glass": "moved"]),
        ])
        let verdict = try verdict(broken, in: view(target: deployment("podinfo", replicas: 0)))
        #expect(verdict.isAllowed)
        #expect(verdict.findings.map(\.rule) == ["canary/delete-broken-glass"])
    }

    @Test func aBrokenGlassWantsPermissionAndEnds() throws {
        let view = view(target: deployment("podinfo", replicas: 0))
        let broken = try canary([("/metadata/annotations", ["canarygate.dev/break-glass": "moved"])])
        let unknown = try verdict(broken, in: view, by: "eve")
        #expect(
            unknown.forbidden
                == "canary/podinfo: whether eve may break the glass is being looked up, try again in a moment"
        )
        #expect(unknown.lookup == AccessQuestion(username: "eve", groups: [], namespace: "test"))
        let ended = try canary([
            (
                "/metadata/annotations",
                [
                    "canarygate.dev/break-glass": "moved",
                    "canarygate.dev/break-glass-until": .string((CanaryFixture.now + .seconds(-1)).rfc3339),
                ]
            )
        ])
        #expect(try verdict(ended, in: view).findings.map(\.rule) == ["canary/delete-outage"])
    }

    @Test(arguments: [true, false])
    func keepsTheProvenRevisionWhileAnotherIsJudged(isDriving: Bool) throws {
        let view = view(target: deployment("podinfo", replicas: 3, available: 3))
        for phase in ["Progressing", "WaitingPromotion"] {
            let running = try canary([("/status/phase", .string(phase))])
            #expect(
                try verdict(running, in: view, isDriving: isDriving).findings.map(\.text) == [
                    """
                    spec.targetRef.name: podinfo runs a revision that is not proven, and the primary, which has the \
                    traffic, goes with the Canary; wait for the end of the run, or go back first with: kubectl -n test \
                    rollout undo deployment/podinfo; or, to delete it all the same: kubectl -n test annotate \
                    canary/podinfo canarygate.dev/break-glass='<reason>' [canary/delete-mid-run]
                    """
                ]
            )
            let broken = try canary([
                ("/status/phase", .string(phase)),
                ("/metadata/annotations", ["canarygate.dev/break-glass": "moved elsewhere"]),
            ])
            let allowed = try verdict(broken, in: view, isDriving: isDriving)
            #expect(allowed.isAllowed)
            #expect(allowed.findings.map(\.rule) == ["canary/delete-broken-glass"])
        }
        for phase in ["Initialized", "Succeeded", "Failed"] {
            #expect(try verdict(canary([("/status/phase", .string(phase))]), in: view) == .allowed)
        }
    }

    @Test func besideFlaggerNothingHoldsTheReplicas() throws {
        let verdict = try verdict(canary(), in: view(target: deployment("podinfo", replicas: 0)), isDriving: false)
        let command = "kubectl -n test scale deployment/podinfo --replicas=3"
        #expect(verdict.findings.map(\.text) == [empty + consequence + command + anyway])
    }

    @Test func besideFlaggerADaemonSetGetsItsNodesBackFirst() throws {
        let reference: JSONValue = ["apiVersion": "apps/v1", "kind": "DaemonSet", "name": "podinfo"]
        let agent = try canary([("/spec/targetRef", reference)])
        var target: JSONValue = ["metadata": ["name": "podinfo", "namespace": "test"]]
        var view = ClusterView()
        view.set(.daemonSets, ["metadata": ["name": "podinfo-primary", "namespace": "test"]])
        view.set(.daemonSets, target)
        #expect(try verdict(agent, in: view, isDriving: false) == .allowed)
        target[path: "spec", "template", "spec", "nodeSelector"] = ["flagger.app/scale-to-zero": "true"]
        view.set(.daemonSets, target)
        let patch = #"[{"op":"remove","path":"/spec/template/spec/nodeSelector/flagger.app~1scale-to-zero"}]"#
        #expect(
            try verdict(agent, in: view, isDriving: false).findings.map(\.text) == [
                """
                spec.targetRef.name: the DaemonSet podinfo has no pods, by the nodeSelector flagger.app/scale-to-zero, \
                and the primary, which has the traffic, goes with the Canary; first run: kubectl -n test patch \
                daemonset/podinfo --type=json -p '\(patch)'
                """ + anyway
            ]
        )
    }

    @Test func waitsForThePods() throws {
        let target = deployment("podinfo", replicas: 3, available: 0)
        #expect(
            try verdict(canary(), in: view(target: target), isDriving: false).findings.map(\.text) == [
                """
                spec.targetRef.name: no pod of the Deployment podinfo is available, and the primary, which has the \
                traffic, goes with the Canary; first run: kubectl -n test rollout status deployment/podinfo
                """ + anyway
            ]
        )
    }

    @Test func letsItGoOnceTheTargetServes() throws {
        let target = deployment("podinfo", replicas: 3, available: 2)
        #expect(try verdict(canary(), in: view(target: target)) == .allowed)
    }

    @Test func letsItGoByBrokenGlassWithAWarning() throws {
        let broken = try canary([("/metadata/annotations", ["canarygate.dev/break-glass": "moved"])])
        let verdict = try verdict(broken, in: view(target: deployment("podinfo", replicas: 0)))
        #expect(
            verdict.findings.map { "\($0.severity) \($0.text)" } == [
                """
                warn metadata.annotations[canarygate.dev/break-glass]: nothing serves podinfo now; scale it up \
                [canary/delete-broken-glass]
                """
            ]
        )
        #expect(verdict.isAllowed)
        #expect(verdict.brokenGlass?.reason == "moved")
    }

    @Test(arguments: ["", "Initializing"]) func letsItGoBeforeAnythingIsMade(phase: String) throws {
        let young = try canary([("/status/phase", .string(phase))])
        #expect(try verdict(young, in: view(target: deployment("podinfo", replicas: 0))) == .allowed)
    }

    @Test func letsTheClusterCollect() throws {
        let view = view(target: deployment("podinfo", replicas: 0))
        for user in ["namespace-controller", "generic-garbage-collector"] {
            let verdict = try verdict(canary(), in: view, by: "system:serviceaccount:kube-system:\(user)")
            #expect(verdict == .allowed)
        }
    }

    @Test func letsItGoWithItsNamespace() throws {
        var view = view(target: deployment("podinfo", replicas: 0))
        view.set(.namespaces, ["metadata": ["name": "test"], "status": ["phase": "Terminating"]])
        #expect(try verdict(canary(), in: view) == .allowed)
    }

    /// Flagger brings the target back before its finalizer goes, and our loop before its own.
    @Test func trustsFlaggersFinalizerBesideItAlone() throws {
        let reverted = try canary([
            ("/spec/revertOnDeletion", true), ("/metadata/finalizers", ["finalizer.flagger.app"]),
        ])
        let view = view(target: deployment("podinfo", replicas: 0))
        #expect(try verdict(reverted, in: view, isDriving: false) == .allowed)
        #expect(try !verdict(reverted, in: view).isAllowed)
        let unheld = try canary([("/spec/revertOnDeletion", true)])
        #expect(try !verdict(unheld, in: view, isDriving: false).isAllowed)
    }

    @Test func saysNothingOfTargetsThatAreNotKnown() throws {
        #expect(try verdict(canary(), in: ClusterView()) == .allowed)
    }
}
