import FlaggerAPI
import JSON
import Schema
import Testing

/// A Canary with something wrong, and what the user is to read about it.
struct WrongCanary: Sendable, CustomTestStringConvertible {
    let name: String
    let edits: [(path: String, value: JSONValue?)]
    let expected: [String]

    init(_ name: String, _ edits: [(String, JSONValue?)], _ expected: [String]) {
        self.name = name
        self.edits = edits.map { (path: $0.0, value: $0.1) }
        self.expected = expected
    }

    var testDescription: String { name }

    /// The findings, each with what follows, the value it is about and its text.
    func texts() throws -> [String] {
        CanaryRules.findings(in: try CanaryFixture.edited(edits)).map { finding in
            "\(finding.severity) \(finding.value ?? "-"): \(finding.text)"
        }
    }

    /// The warnings that would be cut because they are longer than the API server's 120 characters.
    func tooLongWarnings() throws -> [String] {
        CanaryRules.findings(in: try CanaryFixture.edited(edits)).filter { $0.severity == .warn }.map(\.text)
            .filter { $0.count > 120 }
    }
}
