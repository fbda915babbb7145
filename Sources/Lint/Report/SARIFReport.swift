import ContourAPI
import JSON
import Schema

/// A report as SARIF.
///
/// Source: OASIS SARIF 2.1.0.
struct SARIFReport {
    private let report: LintReport
    private let version: String
    /// The first finding of each rule.
    private let rules: [LintFinding]
    private let places: [String: Int]

    init(_ report: LintReport, version: String) {
        self.report = report
        self.version = version
        var rules: [LintFinding] = []
        var places: [String: Int] = [:]
        for found in report.findings + report.suppressed.map(\.finding) where places[found.finding.rule] == nil {
            places[found.finding.rule] = rules.count
            rules.append(found)
        }
        self.rules = rules
        self.places = places
    }

    /// The log with its one run.
    var text: String {
        let results =
            report.findings.map { result($0) }
            + report.suppressed.map { suppressed in
                var result = result(suppressed.finding)
                result["suppressions"] = [["kind": "inSource", "justification": .string(suppressed.reason)]]
                return result
            }
        let run: JSONValue = [
            "tool": ["driver": driver],
            "columnKind": "unicodeCodePoints",
            "invocations": [invocation],
            "results": .array(results),
        ]
        let log: JSONValue = [
            "$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0", "runs": [run],
        ]
        return log.prettyText + "\n"
    }

    private var driver: JSONValue {
        [
            "name": "canarygate",
            "version": .string(version),
            "rules": .array(
                rules.map { found in
                    var rule: JSONValue = ["id": .string(found.finding.rule)]
                    if let known = RuleCatalogue.book[found.finding.rule] {
                        rule["shortDescription"] = ["text": .string(known.summary)]
                        rule["fullDescription"] = ["text": .string(known.consequence)]
                    }
                    rule["help"] = ["text": .string(found.page)]
                    rule["defaultConfiguration"] = ["level": .string(Self.level(found.finding))]
                    return rule
                }
            ),
        ]
    }

    private var invocation: JSONValue {
        [
            "executionSuccessful": .bool(report.faults.isEmpty),
            "exitCode": .number(JSONNumber(Int(report.exitCode))),
            "toolExecutionNotifications": .array(
                report.faults.map { fault in
                    [
                        "level": "error",
                        "message": ["text": .string(fault.reason)],
                        "locations": [Self.location(fault.file, fault.line, fault.column)],
                    ]
                }
            ),
        ]
    }

    private func result(_ found: LintFinding) -> JSONValue {
        var result: JSONValue = [
            "ruleId": .string(found.finding.rule),
            "ruleIndex": .number(JSONNumber(places[found.finding.rule] ?? -1)),
            "level": .string(Self.level(found.finding)),
            "message": ["text": .string("\(found.subject.title): \(found.text)")],
            "locations": [Self.location(found.subject.file, found.line, found.column)],
        ]
        var properties = JSONObject()
        if let effect = found.finding.effect { properties["effect"] = .string(effect) }
        if let condition = found.finding.reported { properties["condition"] = .string(condition.description) }
        if !properties.isEmpty { result["properties"] = .object(properties) }
        return result
    }

    private static func level(_ finding: Finding) -> String { finding.severity == .deny ? "error" : "warning" }

    private static func location(_ file: String, _ line: Int?, _ column: Int?) -> JSONValue {
        var place: JSONValue = ["artifactLocation": ["uri": .string(uri(file))]]
        if let line, let column {
            place["region"] = ["startLine": .number(JSONNumber(line)), "startColumn": .number(JSONNumber(column))]
        }
        return ["physicalLocation": place]
    }

    /// `path` as a URI, or as a reference relative to the folder that the check ran in.
    private static func uri(_ path: String) -> String {
        var uri = path.hasPrefix("/") ? "file://" : ""
        let relative = path.hasPrefix("./") ? path.dropFirst(2) : path[...]
        for byte in relative.utf8 {
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"),
                UInt8(ascii: "~"), UInt8(ascii: "/"):
                uri.unicodeScalars.append(Unicode.Scalar(byte))
            default:
                let digits = String(byte, radix: 16, uppercase: true)
                uri += "%" + (digits.utf8.count < 2 ? "0" : "") + digits
            }
        }
        return uri
    }
}
