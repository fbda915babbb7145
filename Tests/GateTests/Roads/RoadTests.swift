import Admission
import Gate
import JSON
import Kubernetes
import Platform
import Testing

/// Every way in which a target changes: what is answered, and that the same question gets no second patch.
@Suite(.timeLimit(.minutes(1))) struct RoadTests {
    private static let image = "podinfod: stefanprodan/podinfo:3.1.0 -> 3.1.1"
    private static let replicas = "spec.replicas stays 0: canary podinfo scales this target; change hpa/podinfo instead"
    private static let annotations = "the gate's canarygate.dev annotations stay as they were"

    static let roads = [
        Road("set-image", .gated(change: image)),
        Road("set-image-dry-run", .gated(change: image)),
        Road("set-env", .gated(change: "template changed: spec.containers[podinfod].env")),
        Road("edit", .gated(change: image)),
        Road("patch-strategic", .gated(change: image)),
        Road("patch-json", .gated(change: image)),
        Road("patch-merge", .untouched),
        Road("apply", .gated(change: image)),
        Road("apply-dry-run", .gated(change: image)),
        Road("apply-server-side", .gated(change: image)),
        Road("apply-replicas", .kept(warnings: [replicas])),
        Road("apply-replicas-server-side", .kept(warnings: [replicas])),
        Road("replace", .kept(warnings: [annotations, replicas])),
        Road("replace-image", .gated(change: image)),
        Road("replace-force", .gated(change: "created: podinfod: stefanprodan/podinfo:3.1.1")),
        Road("rollout-undo", .gated(change: "podinfod: stefanprodan/podinfo:3.1.0 -> 3.0.0")),
        Road(
            "rollout-restart",
            .gated(change: "template changed: metadata.annotations[kubectl.kubernetes.io/restartedAt]")
        ),
        Road("rollout-pause", .untouched),
        Road("label", .untouched),
        Road("unlabel", .kept(warnings: [])),
        Road("annotate-gate", .kept(warnings: [annotations])),
        Road("scale", .refused("change hpa/podinfo instead")),
        Road("scale-dry-run", .refused("change hpa/podinfo instead")),
        Road("autoscaler", .untouched),
        Road("autoscale", .untouched),
        Road("helm-upgrade", .gated(change: image)),
        Road("deployment-controller", .untouched),
        Road("delete", .refused("delete canary/podinfo, wait until it is gone")),
        Road("configmap-apply", .noted(change: "configmap/podinfo-config: key app.yaml")),
        Road("configmap-label", .untouched),
        Road("secret-patch", .noted(change: "secret/podinfo-token: key token")),
    ]

    @Test(arguments: roads) func isAnswered(_ road: Road) throws {
        let stage = try RoadStage(road.review())
        let verdict = try stage.verdict()
        switch road.answer {
        case .untouched: #expect(verdict == .allowed)
        case .refused(let words): #expect(verdict.forbidden?.contains(words) == true, "\(verdict)")
        case .gated(let change):
            #expect(verdict.isAllowed)
            let result = try verdict.patch.applied(to: stage.object)
            expectClosed(result, change: change, replicas: stage.stored[path: "spec", "replicas"])
        case .kept(let warnings):
            #expect(verdict.warnings.count == warnings.count)
            for (warning, expected) in zip(verdict.warnings, warnings) { #expect(warning.hasPrefix(expected)) }
            let result = try verdict.patch.applied(to: stage.object)
            #expect(!verdict.patch.isEmpty)
            expectKept(result, as: stage.stored)
        case .noted(let change):
            #expect(verdict.warnings == ["opens a gated revision of canary podinfo: \(change)"])
            let result = try verdict.patch.applied(to: stage.object)
            #expect(result.annotation("canarygate.dev/change") == change)
            #expect(result.annotation("canarygate.dev/requested-by") == "ada")
            #expect(result.annotation("canarygate.dev/requested-at") == now.rfc3339)
        }
    }

    private func expectClosed(_ result: JSONValue, change: String, replicas: JSONValue?) {
        let revision = RevisionDigest.of(template: result[path: "spec", "template"] ?? .null)
        #expect(result.annotation("canarygate.dev/revision") == revision)
        #expect(result.annotation("canarygate.dev/gate") == "closed")
        #expect(result.annotation("canarygate.dev/change") == change)
        #expect(result.annotation("canarygate.dev/requested-by") == "ada")
        #expect(result.annotation("canarygate.dev/requested-at") == now.rfc3339)
        #expect(result[path: "metadata", "labels", "canarygate.dev/managed"] == "true")
        #expect(result[path: "spec", "paused"] == true)
        if let replicas { #expect(result[path: "spec", "replicas"] == replicas) }
    }

    private func expectKept(_ result: JSONValue, as stored: JSONValue) {
        for name in ["revision", "gate", "change", "requested-by", "requested-at"] {
            #expect(result.annotation("canarygate.dev/\(name)") == stored.annotation("canarygate.dev/\(name)"))
        }
        #expect(result[path: "metadata", "labels", "canarygate.dev/managed"] == "true")
        #expect(result[path: "spec", "replicas"] == stored[path: "spec", "replicas"])
    }

    /// A reinvocation asks about the object as it was patched, a repeated request about the one that is stored by then.
    @Test(arguments: roads) func getsNoSecondPatch(_ road: Road) throws {
        let stage = try RoadStage(road.review())
        guard stage.object.object != nil else { return }
        let result = try stage.verdict().patch.applied(to: stage.object)
        #expect(try stage.verdict(result, at: now + .seconds(2)).patch.isEmpty)
        guard stage.stored.object != nil else { return }
        #expect(try stage.verdict(result, insteadOf: result, at: now + .seconds(300)) == .allowed)
    }

    @Test(arguments: roads, ["", "Initializing", "Terminating", "Terminated"])
    func isTheTeamsOwnBeforeThereIsAPrimary(_ road: Road, phase: String) throws {
        #expect(try RoadStage(road.review(), phase: phase).verdict() == .allowed)
    }

    @Test(arguments: roads) func isTheTeamsOwnWhileTheCanaryGoes(_ road: Road) throws {
        let stage = try RoadStage(road.review()) { $0[path: "metadata", "deletionTimestamp"] = "2026-11-25T05:00:00Z" }
        #expect(try stage.verdict() == .allowed)
    }

    /// Nothing is analysed, or nothing happens at all: the loop says so, and the gate is closed all the same until it does.
    @Test(arguments: roads, ["skipAnalysis", "suspend"])
    func isGatedWithoutAnalysisToo(_ road: Road, field: String) throws {
        guard case .gated(let change) = road.answer else { return }
        let stage = try RoadStage(road.review()) { $0[path: "spec", field] = true }
        let verdict = try stage.verdict()
        expectClosed(
            try verdict.patch.applied(to: stage.object),
            change: change,
            replicas: stage.stored[path: "spec", "replicas"]
        )
        #expect(verdict.warnings.contains { $0.contains("is suspended") } == (field == "suspend"))
    }

    /// Names from certificates and tokens may hold anything.
    @Test func namesWhoAsksInOneLine() throws {
        var review = try Road("set-image", .untouched).review()
        let name = "ada\n\u{202e}\u{7}" + String(repeating: "x", count: 400)
        review[path: "request", "userInfo", "username"] = .string(name)
        let stage = try RoadStage(review)
        let result = try stage.verdict().patch.applied(to: stage.object)
        let written = try #require(result.annotation("canarygate.dev/requested-by"))
        #expect(written.hasPrefix("ada xxx"))
        #expect(written.count == 250)
        #expect(try stage.verdict(result, at: now + .seconds(2)).patch.isEmpty)
    }
}
