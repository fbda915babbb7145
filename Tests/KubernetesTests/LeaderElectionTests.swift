import JSON
import Platform
import Sockets
import Testing

@testable import Kubernetes

/// The rules of an election, step by step.
@Suite struct LeaderElectionTests {
    private static let key = ObjectKey(namespace: "canarygate", name: "loop")
    private let start = MonotonicTime.now
    private let time = Timestamp(seconds: 1_795_579_200, nanoseconds: 123_456_789)
    private let settings = LeaderElectionSettings(identity: "me")

    private func election() -> LeaderElection { LeaderElection(lease: Self.key, settings: settings) }

    private func at(_ seconds: Int) -> MonotonicTime { start + .seconds(seconds) }

    /// A Lease as another process has written it.
    private func lease(
        _ holder: String,
        version: String = "7",
        renewed: String = "2001-01-01T00:00:00.000000Z",
        seconds: Int = 15,
        transitions: Int = 3
    ) -> JSONValue {
        [
            "apiVersion": "coordination.k8s.io/v1", "kind": "Lease",
            "metadata": ["name": "loop", "namespace": "canarygate", "resourceVersion": .string(version)],
            "spec": [
                "holderIdentity": .string(holder), "leaseDurationSeconds": .number(JSONNumber(seconds)),
                "acquireTime": "2000-01-01T00:00:00.000000Z", "renewTime": .string(renewed),
                "leaseTransitions": .number(JSONNumber(transitions)), "strategy": "OldestEmulationVersion",
            ],
        ]
    }

    private func spec(_ step: LeaderElection.Step?) -> JSONValue? {
        switch step {
        case .create(let lease), .replace(let lease): lease["spec"]
        case .read, nil: nil
        }
    }

    /// An election that has just taken a free lease.
    private func leading() throws -> LeaderElection {
        var election = election()
        let step = election.read(nil, at: start, time)
        guard case .create(var stored) = step else {
            throw KubernetesError(operation: "", code: 0, reason: "", message: "")
        }
        stored[path: "metadata", "resourceVersion"] = "1"
        election.written(stored, sent: start)
        return election
    }

    @Test func makesALeaseThatIsMissing() throws {
        var election = election()
        #expect(election.begin(at: start, time) == .read)
        let step = election.read(nil, at: start, time)
        #expect(
            step
                == .create([
                    "apiVersion": "coordination.k8s.io/v1", "kind": "Lease",
                    "metadata": ["name": "loop", "namespace": "canarygate"],
                    "spec": [
                        "holderIdentity": "me", "leaseDurationSeconds": 15,
                        "acquireTime": "2026-11-25T04:00:00.123456Z", "renewTime": "2026-11-25T04:00:00.123456Z",
                        "leaseTransitions": 0,
                    ],
                ])
        )
        #expect(!election.isLeading)
        #expect(try leading().isLeading)
    }

    @Test func waitsForSomebodyElsesLeaseByItsOwnClock() {
        var election = election()
        // Its stamp is decades old: that says nothing.
        #expect(election.read(lease("other"), at: at(0), time) == nil)
        #expect(election.read(lease("other"), at: at(14), time) == nil)
        #expect(election.holder == "other")
        // Renewed: the wait begins again.
        let renewed = lease("other", version: "8", renewed: "2001-01-01T00:00:02.000000Z")
        #expect(election.read(renewed, at: at(15), time) == nil)
        #expect(election.read(renewed, at: at(29), time) == nil)
        #expect(election.read(renewed, at: at(30), time) != nil)
    }

    @Test func takesALeaseThatWasNotRenewed() {
        var election = election()
        #expect(election.read(lease("other", renewed: "2099-01-01T00:00:00.000000Z"), at: at(0), time) == nil)
        let step = election.read(lease("other", renewed: "2099-01-01T00:00:00.000000Z"), at: at(15), time)
        var expected = lease("me", renewed: "2026-11-25T04:00:00.123456Z", transitions: 4)
        expected[path: "spec", "acquireTime"] = "2026-11-25T04:00:00.123456Z"
        #expect(step == .replace(expected))
    }

    @Test func takesAReleasedLeaseAtOnce() {
        var election = election()
        let step = election.read(lease("", seconds: 1), at: start, time)
        #expect(spec(step)?["holderIdentity"] == "me")
        #expect(spec(step)?["leaseTransitions"] == 4)
        #expect(spec(step)?["leaseDurationSeconds"] == 15)
    }

    @Test func goesByTheDurationThatTheHolderWrote() {
        var election = election()
        #expect(election.read(lease("other", seconds: 60), at: at(0), time) == nil)
        #expect(election.read(lease("other", seconds: 60), at: at(59), time) == nil)
        #expect(election.read(lease("other", seconds: 60), at: at(60), time) != nil)
    }

    @Test func takesUpALeaseOfItsOwn() {
        var election = election()
        let step = election.read(lease("me"), at: start, time)
        #expect(spec(step)?["acquireTime"] == "2000-01-01T00:00:00.000000Z")
        #expect(spec(step)?["renewTime"] == "2026-11-25T04:00:00.123456Z")
        #expect(spec(step)?["leaseTransitions"] == 3)
    }

    @Test func renewsWithoutReading() throws {
        var election = try leading()
        let step = election.begin(at: at(2), time + .seconds(2))
        #expect(spec(step)?["acquireTime"] == "2026-11-25T04:00:00.123456Z")
        #expect(spec(step)?["renewTime"] == "2026-11-25T04:00:02.123456Z")
        guard case .replace(let lease) = step else { return #expect(Bool(false), "no renewal") }
        #expect(lease.resourceVersion == "1")
    }

    @Test func readsAfterAFailedRenewalAtOnceAndThenEachTime() throws {
        var election = try leading()
        _ = election.begin(at: at(2), time)
        #expect(election.failed() == .read)
        #expect(election.failed() == nil)
        #expect(election.begin(at: at(4), time) == .read)
        #expect(election.isLeading)
        #expect(spec(election.read(lease("me"), at: at(4), time))?["holderIdentity"] == "me")
    }

    @Test(arguments: ["other", ""])
    func losesALeaseThatIsNoLongerItsOwn(holder: String) throws {
        var election = try leading()
        #expect(election.read(lease(holder), at: at(4), time) == nil)
        #expect(!election.isLeading && !election.mayWrite(at: at(4)))
        #expect(election.deadline == nil)
    }

    @Test func mayWriteUntilTheMarginBeforeTheEnd() throws {
        var election = try leading()
        #expect(election.mayWrite(at: at(0)) && election.mayWrite(at: at(9)))
        #expect(!election.mayWrite(at: at(10)))
        #expect(election.deadline == at(10))
        // A renewal counts from when it was sent.
        guard case .replace(let lease) = election.begin(at: at(8), time) else { return }
        election.written(lease, sent: at(8))
        #expect(election.mayWrite(at: at(17)) && !election.mayWrite(at: at(18)))
        election.stopLeading()
        #expect(!election.mayWrite(at: at(8)))
    }

    @Test func handsOverWhatIsItsOwn() {
        let released = election().released(lease("me"), at: time)
        #expect(
            released?["spec"] == [
                "holderIdentity": "", "leaseDurationSeconds": 1, "acquireTime": "2026-11-25T04:00:00.123456Z",
                "renewTime": "2026-11-25T04:00:00.123456Z", "leaseTransitions": 3,
                "strategy": "OldestEmulationVersion",
            ]
        )
        #expect(released?.resourceVersion == "7")
        #expect(election().released(lease("other"), at: time) == nil)
        #expect(election().released(lease(""), at: time) == nil)
    }

    @Test func saysWhatIsWrongWithItsSettings() {
        #expect(settings.fault == nil)
        let faults: [(LeaderElectionSettings, String)] = [
            (LeaderElectionSettings(identity: ""), "identity"),
            (LeaderElectionSettings(identity: "a", leaseDuration: .milliseconds(15_500)), "lease duration"),
            (LeaderElectionSettings(identity: "a", renewDeadline: .seconds(15)), "renew deadline"),
            (LeaderElectionSettings(identity: "a", renewDeadline: .milliseconds(2_400)), "retry period"),
            (LeaderElectionSettings(identity: "a", retryPeriod: .zero), "retry period"),
            (LeaderElectionSettings(identity: "a", margin: .seconds(15)), "margin"),
        ]
        for (settings, field) in faults { #expect(settings.fault?.hasPrefix(field) == true, "\(field)") }
    }

    @Test func givesEachProcessAnIdentityOfItsOwn() {
        let identities = (0..<100).map { _ in LeaderElectionSettings.uniqueIdentity(host: "node-1") }
        #expect(Set(identities).count == 100)
        #expect(identities.allSatisfy { $0.hasPrefix("node-1_") && $0.utf8.count == 39 })
    }
}
