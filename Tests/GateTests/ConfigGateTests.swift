import Admission
import Gate
import JSON
import Kubernetes
import Platform
import Testing

/// ConfigMaps and Secrets that a revision is made of.
@Suite(.timeLimit(.minutes(1))) struct ConfigGateTests {
    private let gate = ConfigGate(controllerUsername: controller)

    private func config(_ data: JSONValue, annotations: JSONValue? = nil, type: String? = nil) -> JSONValue {
        var config: JSONValue = [
            "metadata": ["name": "podinfo-config", "namespace": "test", "labels": ["canarygate.dev/managed": "true"]],
            "data": data,
        ]
        config[path: "metadata", "annotations"] = annotations
        config["type"] = type.map(JSONValue.string)
        return config
    }

    private func cluster(_ canary: JSONValue = canary(), reads: String = "podinfo-config") -> ClusterView {
        var target = deployment(podinfo310)
        target[path: "spec", "template", "spec", "volumes"] = [
            ["name": "c", "configMap": ["name": .string(reads)]],
            ["name": "s", "secret": ["secretName": .string(reads)]],
        ]
        return view(canary, deployments: [target])
    }

    private func verdict(
        from stored: JSONValue,
        to sent: JSONValue,
        _ type: ResourceType = .configMaps,
        in view: ClusterView? = nil,
        by user: String = "ada"
    ) throws -> Verdict {
        let call = try request(.update, type, from: stored, to: sent, by: user)
        return gate.verdict(on: call, in: view ?? cluster(), now: now)
    }

    private let stamped: JSONValue = [
        "canarygate.dev/change": "configmap/podinfo-config: key a", "canarygate.dev/requested-by": "grace",
        "canarygate.dev/requested-at": "2026-11-25T03:00:00Z",
    ]

    @Test func saysWhoChangedWhichKeys() throws {
        let sent = config(["a": "2", "b": "1", "d": "1"])
        let verdict = try verdict(from: config(["a": "1", "b": "1", "c": "1"]), to: sent)
        #expect(
            verdict
                == Verdict(
                    patch: JSONPatch([
                        .add(
                            JSONPointer(["metadata", "annotations"]),
                            [
                                "canarygate.dev/change": "configmap/podinfo-config: keys a, c, d",
                                "canarygate.dev/requested-by": "ada",
                                "canarygate.dev/requested-at": .string(now.rfc3339),
                            ]
                        )
                    ]),
                    warnings: ["opens a gated revision of canary podinfo: configmap/podinfo-config: keys a, c, d"]
                )
        )
    }

    @Test func namesThreeKeysAndNoValues() throws {
        let secret = config(["a": "c2VjcmV0", "b": "eA==", "c": "eA==", "d": "eA==", "e": "eA=="], type: "Opaque")
        let verdict = try verdict(from: config([:], type: "Opaque"), to: secret, .secrets)
        #expect(
            verdict.warnings == [
                "opens a gated revision of canary podinfo: secret/podinfo-config: keys a, b, c and 2 more"
            ]
        )
        let written = String(decoding: verdict.patch.serialized, as: UTF8.self)
        #expect(!written.contains("c2VjcmV0"))
    }

    @Test func keepsWhatItWroteWhereNothingChanges() throws {
        let stored = config(["a": "1"], annotations: stamped)
        var forged = stored
        forged[path: "metadata", "annotations", "canarygate.dev/requested-by"] = "eve"
        #expect(
            try verdict(from: stored, to: forged).patch.operations == [.replace(annotation("requested-by"), "grace")]
        )
        #expect(try verdict(from: stored, to: stored) == .allowed)
        var replaced = stored
        replaced["metadata"] = ["name": "podinfo-config", "namespace": "test"]
        let result = try verdict(from: stored, to: replaced).patch.applied(to: replaced)
        #expect(result == stored)
    }

    @Test func leavesWhatNoLiveCanaryIsMadeOf() throws {
        let (stored, sent) = (config(["a": "1"]), config(["a": "2"]))
        for view in [cluster(reads: "other"), cluster(canary(phase: "Initializing")), ClusterView()] {
            #expect(try verdict(from: stored, to: sent, in: view) == .allowed)
        }
        #expect(try verdict(from: stored, to: sent, by: controller) == .allowed)
        #expect(try verdict(from: stored, to: sent, .services) == .allowed)
    }

    @Test func leavesWhatOptsOut() throws {
        let out: JSONValue = ["flagger.app/config-tracking": "disabled"]
        #expect(
            try verdict(from: config(["a": "1"], annotations: out), to: config(["a": "2"], annotations: out))
                == .allowed
        )
        let type = "kubernetes.io/service-account-token"
        #expect(
            try verdict(from: config(["a": "1"], type: type), to: config(["a": "2"], type: type), .secrets) == .allowed
        )
    }

    @Test func saysThatASuspendedCanaryWaits() throws {
        var suspended = canary()
        suspended[path: "spec", "suspend"] = true
        let verdict = try verdict(from: config(["a": "1"]), to: config(["a": "2"]), in: cluster(suspended))
        #expect(verdict.warnings.count == 1)
        #expect(verdict.warnings[0].hasPrefix("opens a gated revision of canary podinfo, which waits: it is suspended"))
    }
}
