/// A drawing in Graphviz' language.
///
/// Source: https://graphviz.org/doc/info/lang.html.
struct DOTGraph {
    private let drawing: GraphDrawing

    init(_ drawing: GraphDrawing) { self.drawing = drawing }

    /// A directed graph from left to right.
    var text: String {
        let head = [
            "digraph \"HTTPProxies\" {", "  rankdir=LR;",
            "  node [shape=box, fontname=\"sans-serif\"];", "  edge [fontname=\"sans-serif\"];",
        ]
        let boxes = drawing.boxes.enumerated().map { number, box in
            "  n\(number) [label=\(Self.quoted(box.lines))\(Self.style(box))];"
        }
        let arrows = drawing.arrows.map { arrow in
            "  n\(arrow.from) -> n\(arrow.to) [label=\(Self.quoted([arrow.label]))\(arrow.isDashed ? ", style=dashed" : "")];"
        }
        return (head + boxes + arrows + ["}"]).joined(separator: "\n") + "\n"
    }

    private static func style(_ box: GraphDrawing.Box) -> String {
        let shape =
            switch box.kind {
            case .host: ", shape=house"
            case .proxy: ""
            case .route: ", style=rounded"
            case .service: ", shape=ellipse"
            case .answer: ", shape=plain"
            }
        return switch box.state {
        case .fine: shape
        case .doubtful: "\(shape), color=orange, penwidth=2"
        case .bad: "\(shape), color=red, fontcolor=red, penwidth=2"
        }
    }

    /// A string of several lines; a backslash would begin an escape, a quote end the string.
    private static func quoted(_ lines: [String]) -> String {
        let escaped = lines.map { line in
            line.reduce(into: "") { text, character in
                if character == "\\" || character == "\"" { text.append("\\") }
                text.append(character)
            }
        }
        return "\"\(escaped.joined(separator: "\\n"))\""
    }
}
