import FlaggerAPI
import JSON
import Platform
import Rollout
import Testing

@Suite struct ReadinessTests {
    private static let now = Timestamp(seconds: 1_000)

    @Test(arguments: [
        (2, Workload.Status(replicas: 2, updated: 2, available: 2), 100, Readiness.ready),
        (0, Workload.Status(), 100, .waiting("scaled to zero")),
        (
            2, Workload.Status(isObserved: false, replicas: 2, updated: 2, available: 2), 100,
            .waiting("observed deployment generation less than desired generation")
        ),
        (
            2, Workload.Status(replicas: 2, updated: 1, available: 2), 100,
            .waiting("waiting for rollout to finish: 1 out of 2 new replicas have been updated")
        ),
        (
            2, Workload.Status(replicas: 3, updated: 2, available: 3), 100,
            .waiting("waiting for rollout to finish: 1 old replicas are pending termination")
        ),
        (
            1, Workload.Status(replicas: 1, updated: 1, available: 0), 50,
            .waiting("waiting for rollout to finish: 0 of 1 (readyThreshold 50%) updated replicas are available")
        ),
        (4, Workload.Status(replicas: 4, updated: 4, available: 2), 50, .ready),
        (
            2, Workload.Status(replicas: 2, updated: 2, available: 0, unavailableSince: Timestamp(seconds: 939)), 100,
            .stuck("deployment \"podinfo\" exceeded its progress deadline")
        ),
        (
            2, Workload.Status(replicas: 2, updated: 2, available: 2, unavailableSince: Timestamp(seconds: 1)), 100,
            .ready
        ),
        (
            4, Workload.Status(replicas: 5, updated: 2, available: 4, lastProgress: Timestamp(seconds: 939)), 100,
            .stuck("deployment \"podinfo\" exceeded its progress deadline")
        ),
        (
            4, Workload.Status(replicas: 5, updated: 2, available: 4, lastProgress: Timestamp(seconds: 941)), 100,
            .waiting("waiting for rollout to finish: 2 out of 4 new replicas have been updated")
        ),
        (
            2, Workload.Status(replicas: 2, updated: 1, available: 2, isPastDeadline: true), 100,
            .stuck("deployment \"podinfo\" exceeded its progress deadline")
        ),
    ])
    func judges(replicas: Int, status: Workload.Status, threshold: Int, readiness: Readiness) {
        let workload = Workload(
            name: "podinfo",
            revision: nil,
            isAdmitted: true,
            replicas: replicas,
            status: status
        )
        #expect(workload.readiness(threshold: threshold, deadline: .seconds(60), now: Self.now) == readiness)
    }

    @Test(arguments: [
        (Workload.Status(unavailableSince: Timestamp(seconds: 1)), 939, true),
        (Workload.Status(unavailableSince: Timestamp(seconds: 1)), 941, false),
        (Workload.Status(unavailableSince: Timestamp(seconds: 939)), 1, true),
        (Workload.Status(isPastDeadline: true, pastDeadlineSince: Timestamp(seconds: 1)), 939, true),
        (Workload.Status(isPastDeadline: true, pastDeadlineSince: Timestamp(seconds: 1)), 941, false),
        (Workload.Status(isPastDeadline: true, pastDeadlineSince: Timestamp(seconds: 990)), 980, true),
        (Workload.Status(isPastDeadline: true), 990, true),
        (Workload.Status(lastProgress: Timestamp(seconds: 1)), 941, false),
    ])
    func countsTheTimeOfTheTemplateThatWasGiven(status: Workload.Status, given: Int64, isStuck: Bool) {
        let workload = Workload(name: "podinfo", revision: nil, isAdmitted: true, replicas: 2, status: status)
        let found = workload.readiness(
            threshold: 100,
            deadline: .seconds(60),
            given: Timestamp(seconds: given),
            now: Self.now
        )
        let isFoundStuck = if case .stuck = found { true } else { false }
        #expect(isFoundStuck == isStuck)
    }

    @Test func readsADeployment() {
        let deployment: JSONValue = [
            "metadata": ["name": "podinfo", "generation": 4], "spec": ["replicas": 3],
            "status": [
                "observedGeneration": 4, "replicas": 4, "updatedReplicas": 3, "availableReplicas": 1,
                "conditions": [
                    [
                        "type": "Progressing", "status": "False", "reason": "ProgressDeadlineExceeded",
                        "lastUpdateTime": "1970-01-01T00:02:00Z",
                    ],
                    [
                        "type": "Available", "status": "False", "reason": "MinimumReplicasUnavailable",
                        "lastUpdateTime": "1970-01-01T00:01:00Z",
                    ],
                ],
            ],
        ]
        let expected = Workload(
            name: "podinfo",
            revision: "r",
            isAdmitted: true,
            replicas: 3,
            status: .init(
                replicas: 4,
                updated: 3,
                available: 1,
                isPastDeadline: true,
                pastDeadlineSince: Timestamp(seconds: 120),
                unavailableSince: Timestamp(seconds: 60)
            )
        )
        #expect(Workload(deployment: deployment, revision: "r", isAdmitted: true) == expected)
    }

    @Test func saysWhatKeepsPodsFromStarting() {
        var workload = Workload(name: "podinfo", revision: nil, isAdmitted: true, replicas: 2, status: .init())
        workload.trouble = "no room"
        func readiness() -> Readiness { workload.readiness(threshold: 100, deadline: .seconds(60), now: Self.now) }
        let shortfall = "waiting for rollout to finish: 0 out of 2 new replicas have been updated"
        #expect(readiness() == .waiting("\(shortfall): no room"))
        workload.status.unavailableSince = Timestamp(seconds: 1)
        #expect(readiness() == .stuck("deployment \"podinfo\" exceeded its progress deadline: no room"))
        workload.status = .init(replicas: 2, updated: 2, available: 2)
        #expect(readiness() == .ready)
    }

    @Test(arguments: [
        ("True", "ReplicaSetUpdated", Timestamp(seconds: 60)), ("True", "NewReplicaSetAvailable", nil),
        ("Unknown", "DeploymentPaused", nil),
    ]) func knowsSinceWhenARolloutStandsStill(status: String, reason: String, time: Timestamp?) {
        let condition: JSONValue = [
            "type": "Progressing", "status": .string(status), "reason": .string(reason),
            "lastUpdateTime": "1970-01-01T00:01:00Z",
        ]
        let workload = Workload(
            deployment: ["metadata": ["name": "a"], "status": ["conditions": [condition]]],
            revision: nil,
            isAdmitted: true
        )
        #expect(workload.status.lastProgress == time)
    }

    @Test func readsADaemonSet() {
        let set: JSONValue = [
            "metadata": ["name": "agent", "generation": 4],
            "status": [
                "observedGeneration": 4, "desiredNumberScheduled": 5, "currentNumberScheduled": 5,
                "updatedNumberScheduled": 3, "numberAvailable": 4,
            ],
        ]
        let status = Workload.Status(replicas: 5, updated: 3, available: 4)
        var expected = Workload(
            kind: .daemonSet,
            name: "agent",
            revision: "r",
            isAdmitted: true,
            replicas: 5,
            status: status
        )
        #expect(Workload(daemonSet: set, revision: "r", isAdmitted: true, isHeld: false) == expected)
        expected.replicas = 0
        #expect(Workload(daemonSet: set, revision: "r", isAdmitted: true, isHeld: true) == expected)
    }

    @Test func saysThatNoNodeTakesADaemonSet() {
        let set: JSONValue = ["metadata": ["name": "agent"], "status": ["desiredNumberScheduled": 0]]
        let workload = Workload(daemonSet: set, revision: nil, isAdmitted: true, isHeld: false)
        #expect(
            workload.readiness(threshold: 100, deadline: .seconds(60), now: Self.now)
                == .waiting(
                    "waiting for rollout to finish: 0 out of 1 new pods have been updated: no node takes its pods"
                )
        )
    }

    @Test func takesAServiceAsReady() {
        let service: JSONValue = ["metadata": ["name": "web"]]
        let open = Workload(service: service, revision: "r", isAdmitted: true, isHeld: false)
        #expect(open.readiness(threshold: 100, deadline: .seconds(60), now: Self.now) == .ready)
        #expect(Workload(service: service, revision: "r", isAdmitted: true, isHeld: true).replicas == 0)
    }
}
