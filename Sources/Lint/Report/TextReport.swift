import Schema

/// A report as people read it.
struct TextReport {
    private let report: LintReport
    private let isColored: Bool

    init(_ report: LintReport, isColored: Bool) {
        self.report = report
        self.isColored = isColored
    }

    /// Each finding with its line and a caret, and the summary.
    var text: String {
        var lines = report.findings.map(entry)
        if report.findings.contains(where: \.isUnasked) {
            lines.append("note: what is not in these files may be in the cluster; --cluster looks there too")
        }
        lines.append(report.summary)
        return lines.joined(separator: "\n") + "\n"
    }

    private func entry(_ found: LintFinding) -> String {
        let severity = found.finding.severity
        let place = styled("\(found.subject.file):\(found.line):\(found.column):", "1")
        let word = styled(severity.rawValue, severity == .deny ? "1;31" : "1;33")
        return "\(place) \(word) \(found.text)\n\(excerpt(found))"
    }

    private func excerpt(_ found: LintFinding) -> String {
        let lines = found.excerpt.split(separator: "\n", maxSplits: 1, omittingEmptySubsequences: false)
        guard lines.count == 2 else { return found.excerpt }
        return "\(lines[0])\n\(styled(String(lines[1]), "1;32"))"
    }

    /// `text` in the style with the number `code` of ECMA-48's SGR.
    private func styled(_ text: String, _ code: String) -> String {
        isColored ? "\u{1B}[\(code)m\(text)\u{1B}[0m" : text
    }
}
