import ContourAPI
import JSON
import Kubernetes
import Schema
import Testing
import YAML

/// Answers out of a table; unknown is what does not stand there.
struct TableOfNeighbours: NeighbourAnswers {
    var settings = ContourSettings()
    var secrets: [String: Neighbourhood.SecretAnswer] = [:]
    var services: [String: Neighbourhood.ServiceAnswer] = [:]
    var extensions: [String: Neighbourhood.ExtensionAnswer] = [:]

    func secret(_ reference: String, for use: Neighbourhood.SecretUse) -> Neighbourhood.SecretAnswer {
        secrets[reference] ?? .unknown
    }

    func secret(
        at key: ObjectKey,
        for use: Neighbourhood.SecretUse,
        needsDelegation: Bool
    ) -> Neighbourhood.SecretAnswer {
        secrets[key.description] ?? .unknown
    }

    func service(_ name: String, port: Int, healthPort: Int?) -> Neighbourhood.ServiceAnswer {
        services[healthPort.map { "\(name):\($0)" } ?? name] ?? .unknown
    }

    func extensionService(_ key: ObjectKey) -> Neighbourhood.ExtensionAnswer { extensions[key.description] ?? .unknown }
}

/// A spec, written as YAML, and what the checks find in it.
struct CheckCase: Sendable, CustomTestStringConvertible {
    let spec: String
    let found: [String]

    /// `found`: each `reach path rule`, a warning's rule with `~`, then Contour's condition where there is one.
    init(_ spec: String, _ found: String...) {
        self.spec = spec
        self.found = found
    }

    var testDescription: String { spec }
}

/// The HTTPProxy `web/shop` under check.
enum CheckedProxy {
    static func proxy(_ spec: String) throws -> JSONValue {
        let parsed = try YAMLParser.documents(in: Array(spec.utf8)).first?.value
        return [
            "apiVersion": "projectcontour.io/v1", "kind": "HTTPProxy",
            "metadata": ["name": "shop", "namespace": "web"], "spec": try #require(parsed),
        ]
    }

    static func checks(_ spec: String, _ answers: TableOfNeighbours = TableOfNeighbours()) throws -> ProxyChecks {
        ProxyChecks(try proxy(spec), answers: answers)
    }

    /// What is found in all, as `reach path rule Type/Reason`.
    static func found(_ spec: String, _ answers: TableOfNeighbours = TableOfNeighbours()) throws -> [String] {
        try checks(spec, answers).faults().map(line)
    }

    static func line(_ fault: ProxyFault) -> String {
        let finding = fault.finding
        let mark = finding.severity == .warn ? "~" : ""
        let rule = finding.rule.dropFirst("httpproxy/".count)
        let reported = finding.reported.map { " \($0.type)/\($0.reason)" } ?? ""
        return "\(fault.reach) \(finding.path) \(mark)\(rule)\(reported)"
    }

    /// Compares, and holds each warning to the length that a warning may have.
    static func expect(_ example: CheckCase, _ answers: TableOfNeighbours = TableOfNeighbours()) throws {
        let faults = try checks(example.spec, answers).faults()
        #expect(faults.map(line) == example.found)
        let silent = faults.filter { $0.reach == .unreported && $0.finding.severity == .warn }
        #expect(silent.map(\.finding.text).filter { $0.unicodeScalars.count > 120 }.isEmpty)
    }
}
