import JSON
import Kubernetes
import Schema

/// A Canary as the rules look at it, and what they found.
///
/// Missing fields and fields of a wrong type read as nil: the schema has spoken about those.
struct CanaryFacts {
    let object: JSONValue
    let spec: JSONValue
    let analysis: JSONValue
    let service: JSONValue
    /// Who drives the Canary, and what else was set up.
    let settings: RuleSettings
    private(set) var findings: [Finding] = []

    static let specPath = FieldPath("spec")
    static let analysisPath = FieldPath("spec", "analysis")
    static let servicePath = FieldPath("spec", "service")

    init(_ object: JSONValue, _ settings: RuleSettings = RuleSettings()) {
        self.object = object
        self.settings = settings
        // The loop reads a null member as none.
        spec = (object["spec"] ?? .null).withoutNulls
        analysis = spec["analysis"] ?? .null
        service = spec["service"] ?? .null
    }

    var isDriven: Bool { settings.isDriven }

    var namespace: String { object.namespace ?? "default" }

    /// `status.phase`; empty before anything is made.
    var phase: String { object[path: "status", "phase"]?.string ?? "" }

    var targetKind: String? { spec[path: "targetRef", "kind"]?.string }

    var targetName: String? { spec[path: "targetRef", "name"]?.string }

    /// The name of the Service that clients call.
    var apexName: String? { service["name"]?.string ?? targetName }

    var metrics: [(value: JSONValue, path: FieldPath)] { entries("metrics") }

    var webhooks: [(value: JSONValue, path: FieldPath)] { entries("webhooks") }

    var alerts: [(value: JSONValue, path: FieldPath)] { entries("alerts") }

    var matches: [(value: JSONValue, path: FieldPath)] { entries("match") }

    /// The metrics that Flagger measures by itself.
    static let builtin = ["request-success-rate", "request-duration"]

    private func entries(_ name: String) -> [(value: JSONValue, path: FieldPath)] {
        let path = Self.analysisPath.member(name)
        return (analysis[name]?.array ?? []).enumerated().map { ($1, path.element($0)) }
    }

    /// Whether `key` of `value` is there and says something.
    static func isSet(_ key: String, in value: JSONValue) -> Bool {
        switch value[key] {
        case nil, .null, .bool(false): false
        case .array(let elements): !elements.isEmpty
        case .object(let members): !members.isEmpty
        case .string(let text): !text.isEmpty
        case .number, .bool: true
        }
    }

    mutating func deny(_ rule: String, _ path: FieldPath, _ value: JSONValue?, _ problem: String, _ remedy: String) {
        findings.append(Finding("canary/\(rule)", at: path, value, problem, remedy))
    }

    mutating func warn(_ rule: String, _ path: FieldPath, _ value: JSONValue?, _ problem: String, _ remedy: String) {
        findings.append(Finding("canary/\(rule)", .warn, at: path, value, problem, remedy))
    }
}
