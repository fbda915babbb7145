import Admission
import FlaggerAPI
import JSON
import Kubernetes
import Schema
import Testing

/// The judge that webhooks and `lint` share.
@Suite(.timeLimit(.minutes(1))) struct JudgeTests {
    private let abTest: JSONValue = [
        ["headers": ["x-canary": ["exact": "insider"], "x-tester": ["exact": "insider"]]]
    ]

    private func rules(_ object: JSONValue, isDriving: Bool) -> [String] {
        Judge(isDriving: isDriving).judgement(of: object, as: .canary).findings.map(\.rule)
    }

    @Test func asksTheRulesOfWhoeverDrives() throws {
        let object = try CanaryFixture.edited([
            ("/spec/analysis/stepWeight", nil), ("/spec/analysis/maxWeight", nil),
            ("/spec/analysis/iterations", 10), ("/spec/analysis/match", abTest), ("/spec/provider", "contour"),
            ("/spec/analysis/pauses", [["atIteration": 11]]),
        ])
        let driven = rules(object, isDriving: true)
        #expect(driven == ["canary/pause-unreached"])
        #expect(rules(object, isDriving: false) == ["canary/match-many", "canary/ours-alone"])
    }

    @Test func knowsTheKindsOfFlaggersAPI() {
        #expect(FlaggerKind(of: CanaryFixture.good) == .canary)
        #expect(FlaggerKind(of: ["apiVersion": "flagger.app/v1alpha3", "kind": "Canary"]) == .canary)
        #expect(FlaggerKind(of: ["apiVersion": "flagger.app/v1beta1", "kind": "AlertProvider"]) == .alertProvider)
        #expect(FlaggerKind(of: ["apiVersion": "apps/v1", "kind": "Canary"]) == nil)
        #expect(FlaggerKind(of: [:]) == nil)
    }

    @Test func refusesNoDeletionThatNoRuleSpeaksOf() {
        let judgement = Judge().judgement(ofDeleting: CanaryFixture.good, as: .canary, in: ClusterView())
        #expect(judgement == Judgement())
    }

    @Test func givesTheSameAnswerToTheSameQuestion() throws {
        let object = try CanaryFixture.edited([("/spec/analysis/maxWeight", 150), ("/spec/analysis/treshold", 5)])
        let first = Judge().judgement(of: object, as: .canary)
        #expect(first == Judge().judgement(of: object, as: .canary))
        #expect(first.findings.count == 2)
    }
}
