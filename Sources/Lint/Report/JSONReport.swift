import JSON
import Schema

/// A report as an array of findings.
struct JSONReport {
    private let report: LintReport

    init(_ report: LintReport) { self.report = report }

    /// One finding a line.
    var text: String {
        guard !report.findings.isEmpty else { return "[]\n" }
        return "[\n" + report.findings.map { "  " + Self.value(of: $0).text }.joined(separator: ",\n") + "\n]\n"
    }

    private static func value(of found: LintFinding) -> JSONValue {
        var value: JSONValue = [
            "rule": .string(found.finding.rule),
            "severity": .string(found.finding.severity.rawValue),
            "apiVersion": .string(found.subject.apiVersion),
            "kind": .string(found.subject.kind),
            "namespace": .string(found.subject.namespace),
            "name": .string(found.subject.name),
            "path": .string(found.finding.path),
            "message": .string(found.message),
            "suggestion": .string(found.finding.remedy),
            "page": .string(found.page),
            "file": .string(found.subject.file),
            "line": .number(JSONNumber(found.line)),
            "column": .number(JSONNumber(found.column)),
        ]
        if let effect = found.finding.effect { value["effect"] = .string(effect) }
        if let condition = found.finding.reported {
            value["condition"] = ["type": .string(condition.type), "reason": .string(condition.reason)]
        }
        return value
    }
}
