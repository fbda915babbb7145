import JSON
import Kubernetes
import Platform
import Sandbox
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1))) struct ModifyTests {
    private let calls = Locked<[String]>([])
    private let cluster = InMemoryCluster(clock: ManualClock())
    private let replicas = JSONPointer(["spec", "replicas"])

    init() { cluster.put(.deployments, deployment()) }

    /// Lets somebody else change the Deployment before each of the first `times` patches.
    private func disturb(_ times: Int) {
        let left = Locked(times)
        cluster.onCall { [weak cluster, calls] operation throws(KubernetesError) in
            calls.withLock { $0.append(operation) }
            guard operation.hasPrefix("patch") else { return }
            let number = left.withLock { left in
                left -= 1
                return left
            }
            guard number >= 0 else { return }
            cluster?.modify(.deployments, test) { $0[path: "metadata", "labels", "n"] = .string("\(number)") }
        }
    }

    @Test(arguments: [true, false])
    func readsAgainWhenTheObjectChanged(asMerge: Bool) async throws {
        disturb(2)
        let api: any KubernetesAPI = cluster
        let stored = try await api.modify(.deployments, test) { object in
            let count = (object[path: "spec", "replicas"]?.int ?? 0) + 1
            return asMerge
                ? .merge(["spec": ["replicas": .number(JSONNumber(count))]])
                : .json(JSONPatch([.replace(replicas, .number(JSONNumber(count)))]))
        }
        #expect(stored[path: "spec", "replicas"] == 3)
        #expect(stored.label("n") == "0")
        let round = ["get deployments.apps test/podinfo", "patch deployments.apps test/podinfo"]
        #expect(calls.withLock { $0 } == round + round + round)
    }

    @Test func givesUpAfterSoManyAttempts() async throws {
        disturb(9)
        let api: any KubernetesAPI = cluster
        let error = await failure { () async throws(KubernetesError) in
            try await api.modify(.deployments, test, attempts: 2) { _ in .merge(["spec": ["replicas": 9]]) }
        }
        #expect(error?.isConflict == true)
        #expect(calls.withLock { $0 }.count == 4)
    }

    @Test func leavesAloneWhatNeedsNoChange() async throws {
        disturb(0)
        let api: any KubernetesAPI = cluster
        let object = try await api.modify(.deployments, test) { _ in nil }
        #expect(object == cluster.object(.deployments, test))
        #expect(calls.withLock { $0 } == ["get deployments.apps test/podinfo"])
    }

    @Test func changesTheStatusAlone() async throws {
        let api: any KubernetesAPI = cluster
        let stored = try await api.modify(.deployments, test, subresource: "status") { _ in
            .merge(["status": ["readyReplicas": 2], "spec": ["replicas": 9]])
        }
        #expect(stored["status"] == ["readyReplicas": 2])
        #expect(stored[path: "spec", "replicas"] == 2)
    }
}
