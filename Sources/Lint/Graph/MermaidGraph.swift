/// A drawing as a flowchart in Mermaid's language.
///
/// Source: https://mermaid.js.org/syntax/flowchart.html.
struct MermaidGraph {
    private let drawing: GraphDrawing

    init(_ drawing: GraphDrawing) { self.drawing = drawing }

    /// A flowchart from left to right.
    var text: String {
        let boxes = drawing.boxes.enumerated().map { number, box in "  n\(number)\(Self.shape(box))" }
        let arrows = drawing.arrows.map { arrow in
            let line = arrow.isDashed ? "-.->" : "-->"
            let label = arrow.label.isEmpty ? "" : "|\(Self.quoted([arrow.label]))|"
            return "  n\(arrow.from) \(line)\(label) n\(arrow.to)"
        }
        return (["flowchart LR"] + boxes + arrows + classes).joined(separator: "\n") + "\n"
    }

    private var classes: [String] {
        let styles: [(state: GraphDrawing.State, name: String, style: String)] = [
            (.doubtful, "doubtful", "stroke:#e69500,stroke-width:3px"),
            (.bad, "bad", "stroke:#cc0000,stroke-width:3px"),
        ]
        return styles.flatMap { entry in
            let numbers = drawing.boxes.indices.filter { drawing.boxes[$0].state == entry.state }
            guard !numbers.isEmpty else { return [String]() }
            let names = numbers.map { "n\($0)" }.joined(separator: ",")
            return ["  classDef \(entry.name) \(entry.style)", "  class \(names) \(entry.name)"]
        }
    }

    private static func shape(_ box: GraphDrawing.Box) -> String {
        let label = quoted(box.lines)
        return switch box.kind {
        case .host: "([\(label)])"
        case .proxy: "[\(label)]"
        case .route: "(\(label))"
        case .service: "[(\(label))]"
        case .answer: ">\(label)]"
        }
    }

    /// A string of several lines; all but letters, digits and a few signs by their numbers, as quotes, entities, tags,
    /// comments and directives would act in it.
    private static func quoted(_ lines: [String]) -> String {
        let escaped = lines.map { line in
            line.unicodeScalars.reduce(into: "") { text, scalar in
                if scalar.properties.isAlphabetic || " 0123456789-./,()=".unicodeScalars.contains(scalar) {
                    text.unicodeScalars.append(scalar)
                } else {
                    text += "#\(scalar.value);"
                }
            }
        }
        return "\"\(escaped.joined(separator: "<br/>"))\""
    }
}
