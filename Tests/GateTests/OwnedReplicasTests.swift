import Admission
import Gate
import JSON
import Kubernetes
import Platform
import Testing

@Suite struct OwnedReplicasTests {
    private let guardian = OwnedObjectGuard(controllerUsername: controller)
    private let primary: JSONValue = {
        var primary = deployment(podinfo310, replicas: 2)
        primary[path: "metadata", "name"] = "podinfo-primary"
        primary[path: "metadata", "ownerReferences"] = [
            [
                "apiVersion": "flagger.app/v1beta1", "kind": "Canary", "name": "podinfo", "uid": "canary-uid",
                "controller": true,
            ]
        ]
        return primary
    }()

    private func verdict(scaleTo count: Int, autoscaler: Bool) throws -> Verdict {
        let call = try request(
            subresource: "scale",
            from: scale("podinfo-primary", 2),
            to: scale("podinfo-primary", count)
        )
        let view = view(canary(autoscaler: autoscaler), deployments: [primary])
        return guardian.verdict(on: call, in: view, now: now)
    }

    @Test func letsThePrimaryBeScaled() throws {
        #expect(try verdict(scaleTo: 2, autoscaler: true) == .allowed)
        #expect(try verdict(scaleTo: 5, autoscaler: false) == .allowed)
        #expect(
            try verdict(scaleTo: 5, autoscaler: true)
                == Verdict(warnings: [
                    "deployment/podinfo-primary goes to 5 replicas until its autoscaler acts: change hpa/podinfo to keep it"
                ])
        )
    }

    /// What is free needs no glass, whoever asks.
    @Test func wantsNoPermissionWhereTheGlassIsBroken() throws {
        var annotated = primary
        annotated[path: "metadata", "annotations"] = ["canarygate.dev/break-glass": "incident 7"]
        let call = try request(
            subresource: "scale",
            from: scale("podinfo-primary", 2),
            to: scale("podinfo-primary", 5),
            by: "eve"
        )
        let view = view(canary(autoscaler: false), deployments: [annotated])
        #expect(guardian.verdict(on: call, in: view, now: now) == .allowed)
    }

    @Test func refusesToScaleThePrimaryToNothing() throws {
        #expect(
            try verdict(scaleTo: 0, autoscaler: true)
                == Verdict(
                    forbidden:
                        "deployment/podinfo-primary belongs to canary podinfo: with 0 replicas there is nothing to "
                        + "serve live traffic, and its autoscaler stops; instead run: kubectl -n test edit hpa/podinfo; "
                        + "or, to do it by hand all the same: kubectl -n test annotate deployment/podinfo-primary "
                        + "canarygate.dev/break-glass='<reason>'"
                )
        )
    }

    @Test func judgesReplicasOnTheObjectItselfAlike() throws {
        var scaled = primary
        scaled[path: "spec", "replicas"] = 0
        let call = try request(from: primary, to: scaled)
        let verdict = guardian.verdict(on: call, in: view(canary(autoscaler: false)), now: now)
        #expect(verdict.forbidden?.contains("scale deployment/podinfo-primary --replicas=1") == true)
    }
}
