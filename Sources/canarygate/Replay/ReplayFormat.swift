import JSON

/// How replayed entries are written.
package enum ReplayFormat: String, CaseIterable, Sendable {
    /// A few lines for people on each entry, and a summary.
    case text
    /// An array with one object for each entry.
    case json

    /// Writes `report` down, or of it what was decided otherwise alone; each line is ended.
    func text(of report: ReplayReport, differencesOnly: Bool) -> String {
        let shown = differencesOnly ? report.entries.filter { !$0.agrees } : report.entries
        switch self {
        case .text: return (shown.map(ReplayWords.text) + ["\(report.summary)\n"]).joined(separator: "")
        case .json:
            guard !shown.isEmpty else { return "[]\n" }
            return "[\n" + shown.map { "  " + $0.json.text }.joined(separator: ",\n") + "\n]\n"
        }
    }
}
