/// How a report is written.
package enum ReportFormat: String, CaseIterable, Sendable {
    /// Lines for people, each with the line that it is about and a caret.
    case text
    /// An array with one object for each finding.
    case json
    /// SARIF 2.1.0, for code scanning.
    case sarif
    /// JUnit's XML: a suite for each file, a case for each object.
    case junit
    /// Commands that annotate a change on GitHub.
    case github

    /// Writes `report` down.
    ///
    /// - Parameters:
    ///   - report: what was found.
    ///   - version: the version of this program.
    ///   - isColored: whether text has colours, for a terminal.
    /// - Returns: what goes to standard output, each line ended.
    package func text(of report: LintReport, version: String, isColored: Bool = false) -> String {
        switch self {
        case .text: TextReport(report, isColored: isColored).text
        case .json: JSONReport(report).text
        case .sarif: SARIFReport(report, version: version).text
        case .junit: JUnitReport(report).text
        case .github: GitHubReport(report).text
        }
    }
}
