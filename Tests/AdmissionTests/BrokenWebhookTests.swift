import Admission
import JSON
import Kubernetes
import Platform
import Testing

/// A webhook that meets a fault of its own answers the one review by its policy, and tells under which id to look.
@Suite(.timeLimit(.minutes(1))) struct BrokenWebhookTests {
    @Test func refusesWhereNothingMayBeStoredUnjudged() async throws {
        let answer = try await Asked(FixedWebhook(fault: BrokenWebhook()), ReviewFixtures.create).json()
        #expect(
            answer["response"] == [
                "uid": .string(ReviewFixtures.uid), "allowed": false,
                "status": [
                    "code": 500, "reason": "InternalError",
                    "message": .string(
                        "internal error in canarygate, nothing was changed; its log has \(ReviewFixtures.uid)"
                    ),
                ],
            ]
        )
    }

    @Test func letsThroughWithAWarningWhereNothingMayWait() async throws {
        let webhook = FixedWebhook(failurePolicy: .ignore, fault: BrokenWebhook())
        let answer = try await Asked(webhook, ReviewFixtures.create).json()
        #expect(
            answer["response"] == [
                "uid": .string(ReviewFixtures.uid), "allowed": true,
                "warnings": [.string("not judged: internal error in canarygate, its log has \(ReviewFixtures.uid)")],
            ]
        )
    }

    @Test func tellsTheFaultWithTheIdOfTheReview() async {
        let seen = Locked<[AdmissionObservation]>([])
        for webhook in [FixedWebhook(fault: BrokenWebhook()), FixedWebhook()] {
            _ = await Asked(
                webhook,
                body: Array(ReviewFixtures.create.utf8),
                observe: { observation in seen.withLock { $0.append(observation) } }
            )
        }
        let observations = seen.withLock { $0 }
        #expect(observations.map(\.fault) == ["could not judge: the tables are turned", nil])
        #expect(observations.map(\.uid) == [ReviewFixtures.uid, ReviewFixtures.uid])
        #expect(observations.map(\.isAllowed) == [false, true])
    }
}
