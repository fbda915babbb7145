import Admission
import FlaggerAPI
import JSON
import Schema
import Testing

/// What is admitted can be driven: the loop reads each Canary that the rules let through.
@Suite(.timeLimit(.minutes(2))) struct AdmittedCanaryTests {
    /// A Canary of each strategy, with everything in it that the loop reads.
    private static func full() throws -> [JSONValue] {
        let affinity: JSONValue = [
            "cookieName": "c", "primaryCookieName": "p", "maxAge": 60, "path": "/", "domain": "example.com",
            "sameSite": "Lax", "secure": true, "httpOnly": true, "partitioned": false,
        ]
        let common: [(path: String, value: JSONValue?)] = [
            ("/spec/provider", "contour"), ("/spec/progressDeadlineSeconds", 60), ("/spec/skipAnalysis", false),
            ("/spec/suspend", false), ("/spec/metricsServer", "http://prometheus.monitoring:9090"),
            (
                "/spec/autoscalerRef",
                [
                    "apiVersion": "autoscaling/v2", "kind": "HorizontalPodAutoscaler", "name": "podinfo",
                    "primaryScalerReplicas": ["minReplicas": 1, "maxReplicas": 4],
                ]
            ),
            ("/spec/service/portName", "http"), ("/spec/service/appProtocol", "http"),
            ("/spec/service/timeout", "15s"), ("/spec/service/name", "podinfo"),
            ("/spec/service/retries", ["attempts": 3, "perTryTimeout": "1s", "retryOn": "5xx"]),
            ("/spec/service/portDiscovery", false), ("/spec/service/headless", false),
            ("/spec/service/apex", ["labels": ["a": "b"], "annotations": ["a": "b"]]),
            ("/spec/service/match", [["uri": ["prefix": "/"]]]),
            ("/spec/analysis/webhooks/0/timeout", "5s"), ("/spec/analysis/webhooks/0/retries", 1),
            ("/spec/analysis/webhooks/0/metadata", ["cmd": "x"]), ("/spec/analysis/primaryReadyThreshold", 100),
            ("/spec/analysis/canaryReadyThreshold", 100), ("/spec/analysis/provenWithin", "1h"),
        ]
        let weights =
            common + [
                ("/spec/analysis/sessionAffinity", affinity), ("/spec/analysis/stepWeightPromotion", 50),
                ("/spec/analysis/pauses", [["atWeight": 10, "for": "1m"]]), ("/spec/analysis/mirror", true),
                ("/spec/analysis/mirrorWeight", 50),
            ]
        let steps =
            common + [
                ("/spec/analysis/stepWeight", nil), ("/spec/analysis/maxWeight", nil),
                ("/spec/analysis/stepWeights", [10, 20, 50]), ("/spec/analysis/stepWeightsPromotion", [50, 100]),
            ]
        let headers =
            common + [
                ("/spec/analysis/stepWeight", nil), ("/spec/analysis/maxWeight", nil), ("/spec/analysis/iterations", 3),
                ("/spec/analysis/match", [["headers": ["x-canary": ["exact": "insider"]]]]),
                ("/spec/analysis/pauses", [["atIteration": 2]]),
            ]
        let services =
            common + [
                ("/spec/provider", "kubernetes"), ("/spec/analysis/stepWeight", nil), ("/spec/analysis/maxWeight", nil),
                ("/spec/analysis/iterations", 3), ("/spec/service/timeout", nil), ("/spec/service/retries", nil),
                ("/spec/service/match", nil),
            ]
        return try [weights, steps, headers, services].map { try CanaryFixture.edited($0) }
    }

    private static let oddities: [JSONValue] = [
        .null, true, 0, -1, 1, 101, 70_000, 3_000_000_000, 1.5, "", " ", "x", "0", "0s", "0.1ns", "9999999h", "-5s",
        "1.5h",
        "infinity", "A_b", .string(String(repeating: "a", count: 300)), [], [.null], [""], [0], [[:]], [:], ["a": 1],
    ]

    /// The pointers to all that is below `value`.
    private static func places(in value: JSONValue, at path: [String]) -> [[String]] {
        let members: [(String, JSONValue)] =
            if let object = value.object {
                object.map { ($0.key, $0.value) }
            } else {
                (value.array ?? []).enumerated().map { (String($0.offset), $0.element) }
            }
        return members.flatMap { [path + [$0.0]] + places(in: $0.1, at: path + [$0.0]) }
    }

    private static func isAdmitted(_ canary: JSONValue) -> Bool {
        !Judge().judgement(of: canary, as: .canary).findings.contains { $0.severity == .deny }
    }

    @Test func whatIsAdmittedIsRead() throws {
        for canary in try Self.full() {
            #expect(Self.isAdmitted(canary))
            for place in Self.places(in: canary["spec"] ?? [:], at: ["spec"]) {
                for odd in Self.oddities {
                    var changed = try JSONPatch([.replace(JSONPointer(place), odd)]).applied(to: canary)
                    guard Self.isAdmitted(changed) else { continue }
                    // As the API server gives it to the loop.
                    changed[path: "metadata", "uid"] = "u-1"
                    #expect(
                        throws: Never.self,
                        "\(place.joined(separator: ".")): \(String(decoding: odd.serialized, as: UTF8.self))"
                    ) { try Canary(changed) }
                }
            }
        }
    }
}
