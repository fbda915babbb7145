/// How a graph is written.
package enum GraphFormat: String, CaseIterable, Sendable {
    /// A tree for people, faults below the place that they are about.
    case text
    /// One object; `docs/graph.md` tells its members.
    case json
    /// Graphviz' language.
    case dot
    /// A flowchart in Mermaid's language, which GitHub and GitLab draw in Markdown.
    case mermaid

    /// Writes `report` down.
    ///
    /// - Parameters:
    ///   - report: what there is to draw.
    ///   - isColored: whether text has colours, for a terminal.
    /// - Returns: what goes to standard output, each line ended.
    package func text(of report: GraphReport, isColored: Bool = false) -> String {
        switch self {
        case .text: TextGraph(report, isColored: isColored).text
        case .json: JSONGraph(report).text
        case .dot: DOTGraph(GraphDrawing(report)).text
        case .mermaid: MermaidGraph(GraphDrawing(report)).text
        }
    }
}
