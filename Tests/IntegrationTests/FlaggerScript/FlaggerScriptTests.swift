import ArgumentParser
import JSON
import Kubernetes
import Platform
import Sandbox
import TestSupport
import Testing
import canarygate

/// The steps of Flagger's own end-to-end script for Contour, one after the other in one cluster, and what it looks at.
@Suite(.enabled(if: !TestCluster.isReal && Kubectl.program != nil), .timeLimit(.minutes(3)))
struct FlaggerScriptTests {
    private static let settings = TestClusterSettings(
        serverArguments: ["--ingress-class", "contour"],
        keepsJournal: true
    )
    private static let byHeader = ScriptManifests.byMatch(
        #"[{headers: {x-canary: {exact: "insider"}}}]"#,
        loads: ["X-Canary: insider"]
    )
    private static let byHeaderOrCookie = ScriptManifests.byMatch(
        #"[{headers: {x-canary: {exact: "insider"}}}, {headers: {cookie: {regex: "^(.*; )?canary=always(;.*)?$"}}}]"#,
        loads: ["Cookie: theme=dark; canary=always"]
    )

    @Test func passesAtEachStep() async throws {
        try await TestCluster.run(Self.settings) { cluster in
            let stage = try ScriptStage(cluster)
            try await initialise(stage)
            try await promote(stage)
            try await rollBackByLatency(stage)
            try await promoteByHeader(stage)
            try await promoteByCookie(stage)
            try await replay(stage)
            // The role in manifests/base was enough for all of it.
            let log = try cluster.serverLog
            #expect(!log.contains("forbidden"), "\(log)")
        }
    }

    private func initialise(_ stage: ScriptStage) async throws {
        try await stage.kubectl("create namespace test")
        try await stage.kubectl("apply -f -", input: ScriptManifests.contour, namespace: "projectcontour")
        try await stage.kubectl("apply -f -", input: ScriptManifests.workload)
        try await stage.expect("successfully rolled out", in: "rollout status deployment/podinfo --timeout=20s")
        try await stage.kubectl("apply -f -", input: ScriptManifests.ingress)
        let said = try await stage.kubectl("apply -f -", input: ScriptManifests.byWeights())
        #expect(said.contains("canary.flagger.app/podinfo created\n"), "\(said)")

        try await stage.story.follow(until: "Initialized")
        try await stage.expect("Initialized", in: "get canary/podinfo")
        try await stage.expect("ingressClassName: contour", in: "get httpproxy podinfo -oyaml")
        try await stage.expect("1/1", in: "get deployment podinfo-primary")
        try await stage.expect("0/0", in: "get deployment podinfo")
        try await stage.expect(
            "service/podinfo\n",
            "service/podinfo-canary\n",
            "service/podinfo-primary\n",
            in: "get services -o name"
        )
        try await stage.expect("podinfo-secret-primary", in: "get deployment podinfo-primary -oyaml")
        try await stage.expect("valid", in: "get httpproxy podinfo")
        #expect(stage.story.weights == [100, 0])
    }

    private func promote(_ stage: ScriptStage) async throws {
        try await stage.setImage("6.0.1")
        try await stage.story.follow(until: "Progressing")
        try await stage.expect("condition met", in: "wait canary/podinfo --for=condition=promoted --timeout=20s")
        try await stage.expect("6.0.1", in: "describe deployment/podinfo-primary")
        try await stage.expect("Succeeded", in: "get canary/podinfo")
        #expect(stage.served("6.0.1", by: "podinfo-canary") > 0)
        #expect(stage.story.weights == [100, 0])
        #expect(stage.story.replicas("podinfo") == 0)
    }

    /// The load test asks for answers that take a second.
    private func rollBackByLatency(_ stage: ScriptStage) async throws {
        let said = try await stage.kubectl("apply -f -", input: ScriptManifests.byWeights(loading: "/delay/1"))
        #expect(said.contains("canary.flagger.app/podinfo configured\n"), "\(said)")
        try await stage.setImage("6.0.2")
        let weights = try await stage.story.follow(until: "Failed")
        // The first look at a step may come before the load does.
        #expect(weights.prefix(2) == [0, 10] && weights.last == 0 && weights.max() ?? 0 <= 20, "\(weights)")
        try await stage.expect("Failed", in: "get canary/podinfo")
        #expect(stage.failing == ["request-duration"])
        #expect(stage.story.canary[path: "status", "failedChecks"] == 15)
        #expect(stage.primaryImage?.hasSuffix(":6.0.1") == true)
        #expect(stage.served("6.0.2", by: "podinfo-canary") > 0)
        #expect(stage.served("6.0.2", by: "podinfo-primary") == 0)
        #expect(stage.story.weights == [100, 0])
    }

    private func promoteByHeader(_ stage: ScriptStage) async throws {
        let said = try await stage.kubectl("apply -f -", input: Self.byHeader)
        #expect(said.contains("canary.flagger.app/podinfo configured\n"), "\(said)")
        try await stage.setImage("6.0.3")
        try await stage.story.follow(until: "Succeeded")
        try await stage.expect("6.0.3", in: "describe deployment/podinfo-primary")
        try await expectInsidersAlone(stage, "6.0.3", after: "6.0.1")
    }

    /// The cookie that Flagger's documentation has beside the header.
    private func promoteByCookie(_ stage: ScriptStage) async throws {
        try await stage.kubectl("apply -f -", input: Self.byHeaderOrCookie)
        try await stage.setImage("6.0.4")
        try await stage.story.follow(until: "Succeeded")
        try await stage.expect("6.0.4", in: "describe deployment/podinfo-primary")
        try await expectInsidersAlone(stage, "6.0.4", after: "6.0.3")
    }

    /// Who sends what is asked for met the revision, ten times a second, and nobody else.
    private func expectInsidersAlone(_ stage: ScriptStage, _ tag: String, after promoted: String) async throws {
        let revision = stage.served(tag, by: "podinfo-canary")
        // The others send five times as much.
        #expect(revision > 50 && revision * 2 < stage.served(promoted, by: "podinfo-primary"), "\(revision)")
        #expect(stage.story.weights == [100, 0])
    }

    /// The journal alone leads to every decision of all this.
    private func replay(_ stage: ScriptStage) async throws {
        let all = try await stage.replay(stage.cluster.journal)
        #expect(all.exitCode == 0, "\(all.complaints)\(all.output)")
        #expect(all.output.hasSuffix(" entries of 1 canary: all decided as written\n"))
        let last = try await stage.replay("--canary", "test/podinfo")
        #expect(last.exitCode == 0, "\(last.complaints)\(last.output)")
        #expect(last.output.contains(": test/podinfo at "), "\(last.output)")
        let error = await #expect(throws: ValidationError.self) { try await stage.replay("--canary", "test/nobody") }
        #expect(error?.message == "--canary test/nobody: there is none in the cluster")
    }
}
