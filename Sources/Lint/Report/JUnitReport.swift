import Schema

/// A report as JUnit's XML: a suite for each input, a case for each object.
struct JUnitReport {
    /// One input's objects and faults.
    private struct Suite {
        var subjects: [LintSubject] = []
        var known: Set<LintSubject> = []
        var faults: [InputFault] = []

        mutating func add(_ subject: LintSubject) {
            if known.insert(subject).inserted { subjects.append(subject) }
        }
    }

    private let report: LintReport
    private let findings: [LintSubject: [LintFinding]]
    /// The inputs, by first appearance.
    private let files: [String]
    private let suites: [String: Suite]

    init(_ report: LintReport) {
        self.report = report
        findings = Dictionary(grouping: report.findings, by: \.subject)
        var files: [String] = []
        var suites: [String: Suite] = [:]
        func open(_ file: String) {
            guard suites[file] == nil else { return }
            files.append(file)
            suites[file] = Suite()
        }
        for subject in report.subjects + report.findings.map(\.subject) {
            open(subject.file)
            suites[subject.file]?.add(subject)
        }
        for fault in report.faults {
            open(fault.file)
            suites[fault.file]?.faults.append(fault)
        }
        self.files = files
        self.suites = suites
    }

    var text: String {
        let cases = suites.values.reduce(0) { $0 + $1.subjects.count + $1.faults.count }
        var lines = [
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>",
            "<testsuites name=\"canarygate lint\" tests=\"\(cases)\" failures=\"\(findings.count)\" "
                + "errors=\"\(report.faults.count)\">",
        ]
        for file in files { lines += suiteLines(suites[file] ?? Suite(), file) }
        lines.append("</testsuites>")
        return lines.joined(separator: "\n") + "\n"
    }

    private func suiteLines(_ suite: Suite, _ file: String) -> [String] {
        let failed = suite.subjects.count { findings[$0] != nil }
        var lines = [
            "  <testsuite name=\"\(Self.escaped(file))\" tests=\"\(suite.subjects.count + suite.faults.count)\" "
                + "failures=\"\(failed)\" errors=\"\(suite.faults.count)\">"
        ]
        for subject in suite.subjects { lines += caseLines(subject) }
        for fault in suite.faults {
            let place = fault.line.map { "line \($0)" } ?? "input"
            lines += [
                "    <testcase name=\"\(place)\" classname=\"\(Self.escaped(file))\">",
                "      <error type=\"unreadable\" message=\"\(Self.escaped(fault.reason))\">"
                    + "\(Self.escaped(fault.summary))</error>",
                "    </testcase>",
            ]
        }
        return lines + ["  </testsuite>"]
    }

    private func caseLines(_ subject: LintSubject) -> [String] {
        let head =
            "    <testcase name=\"\(Self.escaped(subject.title))\" classname=\"\(Self.escaped(subject.file))\""
        guard let found = findings[subject], let first = found.first else { return [head + "/>"] }
        let worst = found.first { $0.finding.severity == .deny } ?? first
        let rest = found.count > 1 ? " (and \(found.count - 1) more)" : ""
        let body = found.map { "\(subject.file):\($0.line):\($0.column): \($0.finding.severity.rawValue) \($0.text)" }
        return [
            head + ">",
            "      <failure type=\"\(worst.finding.severity.rawValue)\" "
                + "message=\"\(Self.escaped(worst.text + rest))\">"
                + "\(Self.escaped(body.joined(separator: "\n")))</failure>",
            "    </testcase>",
        ]
    }

    /// `text` within an attribute or an element; what XML 1.0 can't hold at all becomes U+FFFD.
    private static func escaped(_ text: String) -> String {
        var escaped = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "&": escaped += "&amp;"
            case "<": escaped += "&lt;"
            case ">": escaped += "&gt;"
            case "\"": escaped += "&quot;"
            case "\n", "\t": escaped.unicodeScalars.append(scalar)
            case _ where scalar.value < 0x20 || scalar.value == 0xFFFE || scalar.value == 0xFFFF: escaped += "\u{FFFD}"
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }
}
