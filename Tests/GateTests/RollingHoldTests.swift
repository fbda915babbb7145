import Admission
import Gate
import JSON
import Kubernetes
import Platform
import Testing

/// A DaemonSet with pods under analysis: another template must not replace them before the loop lets it in.
@Suite(.timeLimit(.minutes(1))) struct RollingHoldTests {
    private let gate = DeploymentGate(controllerUsername: controller)
    private let rolling: JSONValue = ["type": "RollingUpdate", "rollingUpdate": ["maxUnavailable": 2]]
    private let onDelete: JSONValue = ["type": "OnDelete"]

    private func verdict(
        _ operation: AdmissionRequest.Operation = .update,
        from stored: JSONValue?,
        to sent: JSONValue,
        phase: String = "Progressing",
        isSuspended: Bool = false
    ) throws -> Verdict {
        let call = try request(operation, .daemonSets, from: stored, to: sent)
        var canary = canary(phase: phase, kind: "DaemonSet")
        if isSuspended { canary[path: "spec", "suspend"] = true }
        return gate.verdict(on: call, in: view(canary), now: now)
    }

    /// One whose pods are under analysis, held since another template came.
    private func held(_ template: JSONValue, note: String? = nil) -> JSONValue {
        var annotations = stamp(template)
        annotations["canarygate.dev/update-strategy"] = .string(note ?? rolling.text)
        return agent(template, isHeld: false, strategy: onDelete, annotations: annotations)
    }

    private func strategy(_ object: JSONValue) -> JSONValue? { object[path: "spec", "updateStrategy"] }

    private func note(_ object: JSONValue) -> String? { object.annotation("canarygate.dev/update-strategy") }

    @Test(arguments: [true, false]) func keepsPodsUnderAnalysisAsTheyAre(hasStrategy: Bool) throws {
        let given = hasStrategy ? rolling : nil
        let stored = agent(podinfo311, isHeld: false, strategy: given)
        let sent = agent(podinfo312, isHeld: false, strategy: given)
        let verdict = try verdict(from: stored, to: sent)
        let result = try verdict.patch.applied(to: sent)
        #expect(result.annotation("canarygate.dev/gate") == "closed")
        #expect(strategy(result) == onDelete)
        #expect(note(result) == (hasStrategy ? rolling.text : #"{"type":"RollingUpdate"}"#))
        #expect(result[path: "spec", "template", "spec", "nodeSelector"] == nil)
        #expect(verdict.warnings.isEmpty)
        // The same question asked again gets no second patch.
        #expect(try self.verdict(from: stored, to: result).patch.isEmpty)
    }

    @Test func holdsNothingAtRestWhereThereAreNoPods() throws {
        let sent = agent(podinfo311, isHeld: false, strategy: rolling)
        let result = try verdict(
            from: agent(podinfo310, isHeld: true, strategy: rolling),
            to: sent,
            phase: "Succeeded"
        )
        .patch.applied(to: sent)
        #expect(strategy(result) == rolling)
        #expect(note(result) == nil)
    }

    @Test func keepsTheHoldWhateverComesUntilTheGateOpens() throws {
        let stored = held(podinfo312)
        var sent = stored
        sent[path: "spec", "updateStrategy"] = ["type": "RollingUpdate", "rollingUpdate": ["maxUnavailable": 3]]
        let verdict = try verdict(from: stored, to: sent)
        let result = try verdict.patch.applied(to: sent)
        #expect(strategy(result) == onDelete)
        #expect(note(result) == #"{"type":"RollingUpdate","rollingUpdate":{"maxUnavailable":3}}"#)
        #expect(
            verdict.warnings == [
                "spec.updateStrategy stays OnDelete until canary podinfo opens the gate of revision "
                    + RevisionDigest.of(template: podinfo312)
            ]
        )
        #expect(try self.verdict(from: stored, to: result).patch.isEmpty)
        var without = stored
        without[path: "metadata", "annotations", "canarygate.dev/update-strategy"] = nil
        #expect(try self.verdict(from: stored, to: without).patch.applied(to: without) == stored)
    }

    @Test func holdsAThirdTemplateToo() throws {
        let stored = held(podinfo312)
        var sent = stored
        sent[path: "spec", "template"] = template("stefanprodan/podinfo:3.1.3")
        let result = try verdict(from: stored, to: sent).patch.applied(to: sent)
        #expect(strategy(result) == onDelete)
        #expect(note(result) == rolling.text)
    }

    @Test func letsItRollWhereTheGateIsOpenedHere() throws {
        // Back to what is promoted, after the loop has ended the run and before it has opened the gate.
        var stored = held(podinfo312)
        stored[path: "spec", "template", "spec", "nodeSelector"] = ["flagger.app/scale-to-zero": "true"]
        var sent = stored
        sent[path: "spec", "template"] = agent(podinfo310, isHeld: true)[path: "spec", "template"]
        let result = try verdict(from: stored, to: sent, phase: "Failed").patch.applied(to: sent)
        #expect(result.annotation("canarygate.dev/gate") == "open")
        #expect(strategy(result) == rolling)
        #expect(note(result) == nil)
    }

    @Test func leavesWhatItsTeamReplacesByHand() throws {
        let stored = agent(podinfo311, isHeld: false, strategy: onDelete)
        let sent = agent(podinfo312, isHeld: false, strategy: onDelete)
        let verdict = try verdict(from: stored, to: sent)
        let result = try verdict.patch.applied(to: sent)
        #expect(strategy(result) == onDelete)
        #expect(note(result) == nil)
        #expect(verdict.warnings.isEmpty)
    }

    @Test func saysWhatOnDeleteMeans() throws {
        let sent = agent(podinfo310, isHeld: true, strategy: onDelete)
        let words = ["updateStrategy OnDelete: daemonset/podinfo-primary rolls by itself all the same"]
        let stored = agent(podinfo310, isHeld: true, strategy: rolling)
        #expect(try verdict(from: stored, to: sent, phase: "Succeeded").warnings == words)
        #expect(try verdict(.create, from: nil, to: sent, phase: "Succeeded").warnings == words)
        #expect(try verdict(from: sent, to: sent, phase: "Succeeded").warnings == [])
    }

    @Test func givesOneThatComesFromACopyItsStrategyBack() throws {
        let sent = held(podinfo312)
        let result = try verdict(.create, from: nil, to: sent).patch.applied(to: sent)
        #expect(strategy(result) == rolling)
        #expect(note(result) == nil)
        #expect(result[path: "spec", "template", "spec", "nodeSelector"] != nil)
    }

    @Test func takesNoNoteThatSaysNothing() throws {
        let sent = held(podinfo312, note: "{")
        let result = try verdict(.create, from: nil, to: sent).patch.applied(to: sent)
        #expect(strategy(result) == ["type": "RollingUpdate"])
    }

    @Test func saysThatASuspendedCanaryHoldsItForLong() throws {
        let warnings = try verdict(
            from: agent(podinfo311, isHeld: false),
            to: agent(podinfo312, isHeld: false),
            isSuspended: true
        )
        .warnings
        #expect(warnings.count == 2)
        #expect(
            warnings.last == "a pod that a node gets anew meanwhile is of the new revision: a DaemonSet can't be paused"
        )
    }
}
