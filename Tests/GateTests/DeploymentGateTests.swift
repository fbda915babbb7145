import Admission
import Gate
import JSON
import Kubernetes
import Platform
import Testing

@Suite struct DeploymentGateTests {
    private let gate = DeploymentGate(controllerUsername: controller)

    @Test func isAMutatingWebhookOnItsPath() {
        #expect(gate.path == "/mutate/deployments")
        #expect(gate.isMutating)
    }

    @Test func stampsAndPausesANewTemplate() throws {
        let call = try request(from: deployment(podinfo310), to: deployment(podinfo311))
        let verdict = gate.verdict(on: call, in: view(canary()), now: now)
        let whole = stamp(podinfo311, at: now.rfc3339)
        #expect(
            verdict
                == Verdict(
                    patch: JSONPatch([
                        .add(JSONPointer(["metadata", "annotations"]), whole), .add(pausedPointer, true),
                    ])
                )
        )
    }

    @Test func addsItsAnnotationsToThoseThatAreThere() throws {
        let others: JSONValue = ["team": "web"]
        let call = try request(
            from: deployment(podinfo310, paused: false, annotations: others),
            to: deployment(podinfo311, paused: false, annotations: others)
        )
        let verdict = gate.verdict(on: call, in: view(canary()), now: now)
        #expect(
            verdict.patch.value
                == [
                    [
                        "op": "add", "path": "/metadata/annotations/canarygate.dev~1revision",
                        "value": .string(RevisionDigest.of(template: podinfo311)),
                    ],
                    ["op": "add", "path": "/metadata/annotations/canarygate.dev~1gate", "value": "closed"],
                    [
                        "op": "add", "path": "/metadata/annotations/canarygate.dev~1change",
                        "value": "podinfod: stefanprodan/podinfo:3.1.0 -> 3.1.1",
                    ],
                    ["op": "add", "path": "/metadata/annotations/canarygate.dev~1requested-by", "value": "ada"],
                    [
                        "op": "add", "path": "/metadata/annotations/canarygate.dev~1requested-at",
                        "value": .string(now.rfc3339),
                    ],
                    ["op": "replace", "path": "/spec/paused", "value": true],
                ]
        )
    }

    @Test(arguments: [nil, ["team": "web"], [:]] as [JSONValue?])
    func leavesItsOwnOutputAsItIs(annotations: JSONValue?) throws {
        let stored = deployment(podinfo310, annotations: annotations)
        let sent = deployment(podinfo311, replicas: 2, annotations: annotations)
        let first = gate.verdict(on: try request(from: stored, to: sent), in: view(canary()), now: now)
        let stamped = try first.patch.applied(to: sent)
        let again = try request(from: stored, to: stamped)
        #expect(!first.patch.isEmpty)
        #expect(gate.verdict(on: again, in: view(canary()), now: now + .seconds(2)) == .allowed)
    }

    @Test func answersADryRunAlike() throws {
        let (stored, sent) = (deployment(podinfo310), deployment(podinfo311))
        let dry = gate.verdict(on: try request(from: stored, to: sent, isDryRun: true), in: view(canary()), now: now)
        let wet = gate.verdict(on: try request(from: stored, to: sent), in: view(canary()), now: now)
        #expect(dry == wet)
        #expect(!dry.patch.isEmpty)
    }

    @Test func stampsAnewWhatChangesBehindAClosedGate() throws {
        let stored = deployment(podinfo311, paused: true, annotations: stamp(podinfo311))
        let sent = deployment(podinfo312, paused: true, annotations: stamp(podinfo311))
        let call = try request(from: stored, to: sent, by: "grace")
        let verdict = gate.verdict(on: call, in: view(canary(phase: "Progressing")), now: now)
        #expect(
            verdict.patch.operations == [
                .replace(annotation("revision"), .string(RevisionDigest.of(template: podinfo312))),
                .replace(annotation("change"), "podinfod: stefanprodan/podinfo:3.1.1 -> 3.1.2"),
                .replace(annotation("requested-by"), "grace"),
                .replace(annotation("requested-at"), .string(now.rfc3339)),
            ]
        )
    }

    @Test func closesTheGateThatRolloutUndoBringsOpen() throws {
        let stored = deployment(podinfo311, annotations: stamp(podinfo311, gate: "open"))
        let sent = deployment(podinfo310, annotations: stamp(podinfo310, gate: "open", change: "first"))
        let verdict = gate.verdict(
            on: try request(from: stored, to: sent),
            in: view(canary(phase: "Progressing")),
            now: now
        )
        #expect(
            verdict.patch.operations == [
                .replace(annotation("gate"), "closed"),
                .replace(annotation("change"), "podinfod: stefanprodan/podinfo:3.1.1 -> 3.1.0"),
                .replace(annotation("requested-at"), .string(now.rfc3339)),
                .add(pausedPointer, true),
            ]
        )
    }

    @Test func doesNotTakeAnOldClosedStampForItsOwn() throws {
        let stored = deployment(podinfo310, paused: true)
        let old = stamp(podinfo311, at: "2026-11-25T03:00:00Z")
        let sent = deployment(podinfo311, paused: true, annotations: old)
        let verdict = gate.verdict(on: try request(from: stored, to: sent), in: view(canary()), now: now)
        #expect(verdict.patch.operations == [.replace(annotation("requested-at"), .string(now.rfc3339))])
    }

    @Test func keepsTheLoopsNoteOfConfigs() throws {
        var old = stamp(podinfo310, gate: "open")
        old["canarygate.dev/configs"] = "02cc7b9a61"
        let (stored, sent) = (deployment(podinfo310, annotations: old), deployment(podinfo311))
        let call = try request(from: stored, to: sent)
        let result = try gate.verdict(on: call, in: view(canary()), now: now).patch.applied(to: sent)
        #expect(result.annotation("canarygate.dev/configs") == "02cc7b9a61")
        let again = try request(from: stored, to: result)
        #expect(gate.verdict(on: again, in: view(canary()), now: now + .seconds(2)) == .allowed)
    }

    /// Where ConfigMaps or Secrets are part of what was promoted, the loop says whether it is that.
    @Test func leavesItToTheLoopWhetherConfigsAreThePromotedOnes() throws {
        let stored = deployment(podinfo311, paused: true, annotations: stamp(podinfo311))
        let sent = deployment(podinfo310, paused: true, annotations: stamp(podinfo311))
        var promoted = canary()
        let whole = RevisionDigest.of(template: podinfo310, configs: ["configmap/a": "e3b0c44298fc1c14"])
        promoted[path: "status", "lastPromotedSpec"] = .string(whole)
        let call = try request(from: stored, to: sent)
        let result = try gate.verdict(on: call, in: view(promoted), now: now).patch.applied(to: sent)
        #expect(result.annotation("canarygate.dev/gate") == "closed")
        #expect(result.annotation("canarygate.dev/revision") == RevisionDigest.of(template: podinfo310))
    }

    /// After an upgrade a template keeps the name of the first version under which its Canary knows it.
    @Test func callsAPromotedTemplateAsItsCanaryDoes() throws {
        let stored = deployment(podinfo311, paused: true, annotations: stamp(podinfo311))
        let sent = deployment(podinfo310, paused: true, annotations: stamp(podinfo311))
        var promoted = canary()
        promoted[path: "status", "lastPromotedSpec"] = .string(PodTemplateRevision.hash(of: podinfo310))
        let call = try request(from: stored, to: sent)
        let result = try gate.verdict(on: call, in: view(promoted), now: now).patch.applied(to: sent)
        #expect(result.annotation("canarygate.dev/gate") == "open")
        #expect(result.annotation("canarygate.dev/revision") == "eddbb3f3ce")
    }

    @Test func opensTheGateWhenThePromotedTemplateComesBackAtRest() throws {
        let stored = deployment(podinfo311, paused: true, annotations: stamp(podinfo311))
        let sent = deployment(podinfo310, paused: true, annotations: stamp(podinfo311))
        let verdict = gate.verdict(on: try request(from: stored, to: sent), in: view(canary()), now: now)
        #expect(
            verdict.patch.operations == [
                .replace(annotation("revision"), .string(RevisionDigest.of(template: podinfo310))),
                .replace(annotation("gate"), "open"),
                .replace(annotation("change"), "podinfod: stefanprodan/podinfo:3.1.1 -> 3.1.0"),
                .replace(annotation("requested-at"), .string(now.rfc3339)),
                .replace(pausedPointer, false),
            ]
        )
    }

    @Test func gatesARestart() throws {
        let restarted = template(
            "stefanprodan/podinfo:3.1.0",
            annotations: ["kubectl.kubernetes.io/restartedAt": "2026-11-25T05:00:00Z"]
        )
        let call = try request(from: deployment(podinfo310), to: deployment(restarted))
        let result = try gate.verdict(on: call, in: view(canary()), now: now).patch.applied(to: deployment(restarted))
        #expect(result[path: "spec", "paused"] == true)
        #expect(result.annotation("canarygate.dev/gate") == "closed")
        let change = "template changed: metadata.annotations[kubectl.kubernetes.io/restartedAt]"
        #expect(result.annotation("canarygate.dev/change") == change)
    }

    @Test func takesANullMemberForNone() throws {
        var sent = podinfo310
        sent[path: "metadata", "creationTimestamp"] = .null
        let call = try request(from: deployment(podinfo310), to: deployment(sent))
        #expect(gate.verdict(on: call, in: view(canary()), now: now) == .allowed)
    }
}
