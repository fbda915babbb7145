import Admission
import FlaggerAPI
import JSON
import Kubernetes
import Platform
import Schema
import TestSupport
import Testing

/// What holds for any object, be it as odd as it may.
@Suite(.timeLimit(.minutes(1))) struct RuleBoundTests {
    /// Numbers that look random and are the same each time: a linear congruential generator of 64 bits.
    private struct Dice: RandomNumberGenerator {
        var state: UInt64
        mutating func next() -> UInt64 {
            state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
            return state ^ (state >> 29)
        }
    }

    /// Names that mean something to the rules, and some that do not.
    private static let names = [
        "spec", "analysis", "service", "metrics", "webhooks", "alerts", "match", "headers", "thresholdRange", "min",
        "max", "name", "url", "type", "metadata", "interval", "threshold", "stepWeights", "stepWeight", "maxWeight",
        "iterations", "targetRef", "kind", "autoscalerRef", "provider", "query", "secretRef", "templateRef", "retries",
        "templateVariables", "cmd", "timeout", "port", "targetPort", "canaryAnalysis", "", "x",
    ]

    private static let texts = [
        "", "Deployment", "Service", "DaemonSet", "30s", "1h", "999999999h", "-1s", "{{", "{{ variables.x }}", "{{.a}}",
        "kubernetes", "contour", "prometheus", "cloudwatch", "http://a/gate/check", "podinfo", "rollback", "\u{0}é",
    ]

    private static func tree(_ dice: inout Dice, depth: Int) -> JSONValue {
        let size = Int.random(in: 0...5, using: &dice)
        switch Int.random(in: 0...(depth > 0 ? 9 : 4), using: &dice) {
        case 0: return .null
        case 1: return .bool(Bool.random(using: &dice))
        case 2: return .number(JSONNumber(Int.random(in: -3...200, using: &dice)))
        case 3: return .number(JSONNumber([0.5, 1e300, -2.5, 9.3e18].randomElement(using: &dice) ?? 0))
        case 4: return .string(texts.randomElement(using: &dice) ?? "")
        case 5, 6: return .array((0..<size).map { _ in tree(&dice, depth: depth - 1) })
        default:
            var object = JSONObject()
            for _ in 0..<(size + 2) {
                object[names.randomElement(using: &dice) ?? ""] = tree(&dice, depth: depth - 1)
            }
            return .object(object)
        }
    }

    /// A tree under the names of an object, so that it comes as far as the rules.
    private static func object(_ dice: inout Dice, kind: FlaggerKind) -> JSONValue {
        var object = ExampleCluster.good(kind)
        for path in [["spec"], ["spec", "analysis"], ["spec", "service"], ["spec", "provider"]] {
            guard Bool.random(using: &dice), path.count == 1 || object["spec"]?.object != nil else { continue }
            let change = tree(&dice, depth: 5)
            if path.count == 1 {
                object["spec"] = object["spec"]?.merging(change)
            } else {
                object[path: path[0], path[1]] = (object[path: path[0], path[1]] ?? .null).merging(change)
            }
        }
        return object
    }

    @Test func noTreeEndsTheJudge() {
        var dice = Dice(state: 4)
        let view = ExampleCluster.view(with: [JSONValue]())
        for round in 0..<300 {
            for kind in FlaggerKind.allCases {
                let object = Self.object(&dice, kind: kind)
                let judge = Judge(settings: RuleSettings(isDriven: round % 2 == 0, refusesForeignNamespaces: true))
                let stored = round % 3 == 0 ? ExampleCluster.good(kind) : nil
                _ = judge.judgement(of: object, as: kind, insteadOf: stored, in: view)
                _ = judge.judgement(ofDeleting: object, as: kind, in: view)
            }
        }
    }

    @Test func defaultsAreWrittenOnce() throws {
        var dice = Dice(state: 7)
        for _ in 0..<300 {
            let object = Self.object(&dice, kind: .canary)
            let filled = try CanaryDefaulter.defaults(for: object).applied(to: object)
            #expect(CanaryDefaulter.defaults(for: filled) == JSONPatch(), "\(object.serialized)")
        }
    }

    /// A millisecond for each KiB would be 64 ms; a machine that is busy may take a second, and what is quadratic takes
    /// minutes.
    @Test(arguments: [
        "unknown fields", "hooks", "metrics", "headers", "a long name", "a long query", "actions", "weights",
    ])
    func takesLittleForMuch(shape: String) {
        var object = ExampleCluster.good(shape.hasSuffix("query") || shape == "actions" ? .metricTemplate : .canary)
        switch shape {
        case "unknown fields":
            var spec = object["spec"]?.object ?? JSONObject()
            for index in 0..<8_000 { spec["f\(index)"] = 1 }
            object["spec"] = .object(spec)
        case "hooks":
            let hook: JSONValue = ["name": "a", "type": "rollback", "url": "http://a/gate/check"]
            object[path: "spec", "analysis", "webhooks"] = .array(Array(repeating: hook, count: 1_000))
        case "metrics":
            object[path: "spec", "analysis", "metrics"] = .array(Array(repeating: ["name": "errors"], count: 3_500))
        case "headers":
            var headers = JSONObject()
            for index in 0..<3_000 { headers["x-\(index)"] = ["prefix": "a"] }
            object[path: "spec", "analysis", "match"] = [["headers": .object(headers)]]
        case "a long name":
            object[path: "spec", "targetRef", "name"] = .string(String(repeating: "a", count: 65_536))
        case "a long query":
            object[path: "spec", "query"] = .string(String(repeating: "(", count: 65_536))
        case "actions":
            object[path: "spec", "query"] = .string(String(repeating: "{{ ab }}", count: 8_192))
        default:
            object[path: "spec", "analysis", "stepWeights"] = .array(Array(repeating: 7, count: 20_000))
        }
        let kind = FlaggerKind(of: object) ?? .canary
        let view = ExampleCluster.view(with: [JSONValue]())
        for isDriven in [true, false] {
            let start = ContinuousClock.now
            _ = Judge(isDriving: isDriven).judgement(of: object, as: kind, in: view)
            #expect(ContinuousClock.now - start < .seconds(1), "\(shape)")
        }
    }
}
