/// What can be told of a PromQL query's answer by its looks.
struct PromQLShape {
    /// What makes it no query; nil for nothing that is seen.
    private(set) var fault: String?
    /// Why its answer may not be one number; nil where it looks like one.
    private(set) var doubt: String?

    /// Functions and aggregations after which one series is likely.
    private static let aggregations: Set<Substring> = [
        "sum", "avg", "min", "max", "count", "quantile", "stddev", "stdvar", "group", "topk", "bottomk", "absent",
        "histogram_quantile", "vector", "absent_over_time", "count_values",
    ]

    init(_ query: String) {
        let bare = bareText(of: query)
        guard fault == nil else { return }
        var text = Substring(bare)
        while text.last?.isWhitespace == true { text.removeLast() }
        text = text.drop(while: \.isWhitespace)
        let words = bare.split { !($0.isLetter || $0.isNumber || $0 == "_" || $0 == ":") }
        if text.last == "]" {
            doubt = "a range is no single value"
        } else if Double(String(text)) != nil || words.first == "scalar" || text == "time()" {
            doubt = "a scalar is not read"
        } else if !words.contains(where: Self.aggregations.contains) {
            doubt = "of several series the last counts"
        }
    }

    /// The query without what stands in quotes; notes brackets that do not match.
    private mutating func bareText(of query: String) -> String {
        var bare = ""
        var open: [Character] = []
        var quote: Character?
        var isEscaped = false
        for character in query {
            if let mark = quote {
                if isEscaped {
                    isEscaped = false
                } else if character == "\\", mark != "`" {
                    isEscaped = true
                } else if character == mark {
                    quote = nil
                }
                continue
            }
            switch character {
            case "\"", "'", "`": quote = character
            case "(", "[", "{": open.append(character)
            case ")", "]", "}":
                let pairs: [Character: Character] = [")": "(", "]": "[", "}": "{"]
                if open.popLast() != pairs[character] { fault = fault ?? "a \(character) closes nothing" }
            default: break
            }
            bare.append(character)
        }
        if quote != nil { fault = fault ?? "a text in quotes has no end" }
        if let last = open.last { fault = fault ?? "a \(last) is not closed" }
        return bare
    }
}
