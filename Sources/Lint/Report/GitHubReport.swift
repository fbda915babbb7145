import Schema

/// A report as commands that GitHub's runner makes annotations of.
///
/// Source: GitHub's "Workflow commands for GitHub Actions".
struct GitHubReport {
    private let report: LintReport

    init(_ report: LintReport) { self.report = report }

    /// A command a line; nothing where nothing was found.
    var text: String {
        let findings = report.findings.map { found in
            Self.command(
                found.finding.severity == .deny ? "error" : "warning",
                file: found.subject.file,
                line: found.line,
                column: found.column,
                title: "\(found.subject.title): \(found.finding.rule)",
                message: found.text
            )
        }
        let faults = report.faults.map { fault in
            Self.command(
                "error",
                file: fault.file,
                line: fault.line,
                column: fault.column,
                title: "unreadable",
                message: fault.reason
            )
        }
        return (findings + faults).map { $0 + "\n" }.joined()
    }

    private static func command(
        _ name: String,
        file: String,
        line: Int?,
        column: Int?,
        title: String,
        message: String
    ) -> String {
        var properties = ["file=\(property(file))"]
        if let line { properties.append("line=\(line)") }
        if let column { properties.append("col=\(column)") }
        properties.append("title=\(property(title))")
        return "::\(name) \(properties.joined(separator: ","))::\(data(message))"
    }

    /// Text after the command.
    private static func data(_ text: String) -> String {
        var escaped = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "%": escaped += "%25"
            case "\r": escaped += "%0D"
            case "\n": escaped += "%0A"
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }

    /// A property's value, which ends at a comma or a colon.
    private static func property(_ text: String) -> String {
        var escaped = ""
        for scalar in data(text).unicodeScalars {
            switch scalar {
            case ":": escaped += "%3A"
            case ",": escaped += "%2C"
            default: escaped.unicodeScalars.append(scalar)
            }
        }
        return escaped
    }
}
