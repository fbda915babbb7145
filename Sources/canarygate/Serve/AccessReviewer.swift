package import Admission
import JSON
package import Kubernetes
import Logging
package import Platform

/// Asks the API server who may break the glass, after the webhooks have answered, so that no review waits for it.
///
/// The answer stands in the webhooks' picture of the cluster from then on, for `AccessTable.lifetime`; one that is looked up
/// again in its second half is asked for anew.
package struct AccessReviewer: Sendable {
    /// How many questions may wait: whoever asks more is asked again when they try again.
    private static let queueLimit = 100

    private static let reviews = ResourceType(
        group: "authorization.k8s.io",
        version: "v1",
        plural: "subjectaccessreviews",
        kind: "SubjectAccessReview",
        isNamespaced: false
    )

    private let api: any KubernetesAPI
    private let store: ClusterViewStore
    private let clock: any WallClock
    private let logger = Logger(label: "canarygate.access")
    private let questions: AsyncStream<AccessQuestion>
    private let arrival: AsyncStream<AccessQuestion>.Continuation

    /// A reviewer that asks `api` and puts the answers into `store`.
    package init(api: any KubernetesAPI, store: ClusterViewStore, clock: any WallClock) {
        self.api = api
        self.store = store
        self.clock = clock
        (questions, arrival) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(Self.queueLimit))
    }

    /// Has `question` answered by and by; returns at once.
    package func ask(_ question: AccessQuestion) {
        guard isDue(question) else { return }
        arrival.yield(question)
    }

    /// Asks until the task is cancelled.
    package func run() async {
        for await question in questions where isDue(question) { await review(question) }
    }

    private func isDue(_ question: AccessQuestion) -> Bool {
        guard !question.isAlwaysAllowed else { return false }
        guard let age = store.current.access.age(of: question, at: clock.now()) else { return true }
        return age > AccessTable.lifetime / 2
    }

    private func review(_ question: AccessQuestion) async {
        do throws(KubernetesError) {
            let answer = try await api.create(Self.reviews, Self.body(question), namespace: nil)
            let isAllowed = answer[path: "status", "allowed"]?.bool ?? false
            store.record(question, isAllowed: isAllowed, at: clock.now())
            logger.info(
                "looked up who may break the glass",
                metadata: [
                    "kube.user": "\(question.username)", "kube.namespace": "\(question.namespace)",
                    "access.allowed": "\(isAllowed)",
                ]
            )
        } catch {
            // Nothing is recorded: it is asked again at the next try.
            logger.error(
                "could not look up who may break the glass",
                metadata: ["kube.user": "\(question.username)", "error.message": "\(error)"]
            )
        }
    }

    private static func body(_ question: AccessQuestion) -> JSONValue {
        [
            "apiVersion": "authorization.k8s.io/v1", "kind": "SubjectAccessReview",
            "spec": [
                "user": .string(question.username), "groups": .array(question.groups.map { .string($0) }),
                "resourceAttributes": [
                    "group": "canarygate.dev", "resource": "breakglass", "verb": "use",
                    "namespace": .string(question.namespace),
                ],
            ],
        ]
    }
}
