import FlaggerAPI
import JSON
import Kubernetes
import Platform
import Rollout
import Sandbox
import TestSupport
import Testing

@testable import Controller

/// Why pods do not get ready.
@Suite(.timeLimit(.minutes(1))) struct PodTroubleTests {
    private static func pod(_ container: JSONValue, conditions: [JSONValue] = []) -> JSONValue {
        var status = container
        status["name"] = "web"
        status["image"] = "web:1"
        let ready: JSONValue = ["type": "Ready", "status": "False", "lastTransitionTime": "1970-01-01T00:01:00Z"]
        return [
            "metadata": ["name": "web-1", "namespace": "test"],
            "status": ["containerStatuses": [status], "conditions": .array([ready] + conditions)],
        ]
    }

    private static func waiting(_ reason: String, _ message: String = "details") -> JSONValue {
        ["state": ["waiting": ["reason": .string(reason), "message": .string(message)]]]
    }

    private static let ended: JSONValue = ["terminated": ["exitCode": 137, "reason": "OOMKilled"]]

    static let troubles: [(JSONValue, String?)] = [
        (pod(waiting("ContainerCreating")), nil),
        (pod(waiting("ErrImagePull")), "container web: image web:1 cannot be had (ImagePullBackOff)"),
        (pod(waiting("ImagePullBackOff")), "container web: image web:1 cannot be had (ImagePullBackOff)"),
        (pod(waiting("InvalidImageName")), "container web: image web:1 cannot be had (InvalidImageName)"),
        (
            pod(waiting("CreateContainerConfigError", "configmap \"x\" not found")),
            "container web cannot be started: configmap \"x\" not found"
        ),
        (
            pod(["state": ["waiting": ["reason": "CrashLoopBackOff"]], "lastState": ended]),
            "container web keeps ending with exit code 137 (OOMKilled)"
        ),
        (
            pod(["state": ["running": [:]], "restartCount": 2, "lastState": ended]),
            "container web keeps ending with exit code 137 (OOMKilled)"
        ),
        (pod(["state": ["running": [:]], "restartCount": 0]), nil),
        (
            pod(
                [:],
                conditions: [
                    ["type": "PodScheduled", "status": "False", "reason": "Unschedulable", "message": "0/3 nodes"]
                ]
            ), "no node for the pod: 0/3 nodes"
        ),
    ]

    @Test(arguments: troubles) func saysWhatKeepsAPodFromStarting(pod: JSONValue, words: String?) {
        #expect(PodFindings([pod]).trouble == words)
    }

    @Test func tellsWhatIsSureToLastFirstAndLeavesPodsThatGo() {
        var going = Self.pod(Self.waiting("ErrImagePull"))
        going[path: "metadata", "deletionTimestamp"] = "1970-01-01T00:01:00Z"
        let crashing = Self.pod(["restartCount": 1, "lastState": Self.ended])
        let config = Self.pod(Self.waiting("CreateContainerConfigError", "no"))
        #expect(PodFindings([crashing, going, config]).trouble == "container web cannot be started: no")
        #expect(PodFindings([going]) == PodFindings([]))
        #expect(PodFindings([crashing]).waitingSince == Timestamp(seconds: 60))
    }

    private static func failing(_ behaviour: String) async throws -> ClusterStage {
        let images = try ImageBehaviours(parsing: ["podinfo:2=\(behaviour)"])
        var target = WorkloadExamples.workload("Deployment")
        target[path: "spec", "progressDeadlineSeconds"] = 60
        let stage = try ClusterStage(
            canary: WorkloadExamples.canary("Deployment"),
            [(.deployments, target)],
            images: images
        )
        try await stage.run(until: .initialized)
        stage.cluster.modify(.deployments, test) { target in
            target.changeElements(of: ["spec", "template", "spec", "containers"]) { $0["image"] = "podinfo:2" }
        }
        return stage
    }

    @Test(arguments: [
        ("never", "container podinfod: image podinfo:2 cannot be had (ImagePullBackOff)"),
        ("crash", "container podinfod keeps ending with exit code 1 (Error)"),
    ]) func tellsAtOnceAndAgainWhenTheRevisionIsRolledBack(behaviour: String, words: String) async throws {
        let stage = try await Self.failing(behaviour)
        try await stage.run { $0.outside.messages.contains { $0.hasSuffix(words) } }
        #expect(stage.canary[path: "status", "phase"] == "Progressing")
        try await stage.run(until: .failed)
        #expect(
            stage.outside.messages.contains {
                $0.hasPrefix("Rolling back") && $0.hasSuffix("exceeded its progress deadline: \(words)")
            }
        )
    }

    @Test func tellsOfPodsThatAQuotaForbids() async throws {
        let stage = try await Self.failing("5%,80ms")
        stage.cluster.modify(.deployments, ObjectKey(namespace: "test", name: "podinfo-primary")) { primary in
            primary[path: "status", "availableReplicas"] = 0
            let failure: JSONValue = [
                "type": "ReplicaFailure", "status": "True", "reason": "FailedCreate",
                "message": "pods \"a\" is forbidden: exceeded quota",
            ]
            primary[path: "status", "conditions"] = [failure]
        }
        let trouble = try await stage.observation().primary?.trouble
        #expect(trouble == "pods cannot be made: pods \"a\" is forbidden: exceeded quota")
    }

    @Test func asksNoPodsWhileAllIsWell() async throws {
        let stage = try ClusterStage(
            canary: WorkloadExamples.canary("Deployment"),
            [(.deployments, WorkloadExamples.workload("Deployment"))]
        )
        try await stage.run(until: .initialized)
        stage.wait(.seconds(10))
        let snapshot = try await stage.snapshot()
        #expect(snapshot.targetPods == nil && snapshot.primaryPods == nil)
    }
}
