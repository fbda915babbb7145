/// The query of a MetricTemplate, in the part of Go's text/template that can be judged without running it.
///
/// Source: Flagger's metric templates: they are run without data and with the functions below, and a missing variable
/// is an error.
struct QueryTemplate {
    /// Functions that Flagger gives, each without arguments.
    static let functions = ["name", "namespace", "target", "service", "ingress", "route", "interval", "variables"]

    private static let builtin: Set<String> = [
        "and", "call", "html", "index", "slice", "js", "len", "not", "or", "print", "printf", "println", "urlquery",
        "eq", "ne", "lt", "le", "gt", "ge", "true", "false", "nil",
    ]

    private static let openers: Set<String> = ["if", "range", "with", "define", "block"]
    private static let keywords: Set<String> = openers.union(["else", "end", "template", "break", "continue"])

    /// Names that are called and that nobody knows.
    private(set) var unknown: [String] = []
    /// The variables that must be given: those asked for wherever the query is made, not only on a condition.
    private(set) var variables: [String] = []
    /// What is wrong with its form; nil for nothing.
    private(set) var fault: String?
    /// The text with `1` in place of each action; nil where parts of it depend on a condition.
    private(set) var flat: String?

    /// How many blocks are open.
    private var depth = 0
    /// Whether a block has set the dot to something.
    private var isConditional = false

    init(_ query: String) {
        var text = ""
        var rest = Substring(query)
        while let open = rest.firstRange(of: "{{") {
            text += rest[..<open.lowerBound]
            let lexed = TemplateAction(rest[open.upperBound...])
            guard let action = lexed else {
                fault = "a {{ is not closed by }}"
                return
            }
            rest = action.rest
            read(action)
            text += action.isComment ? "" : "1"
        }
        text += rest
        if fault == nil, depth > 0 { fault = "a block has no {{ end }}" }
        if !isConditional { flat = text }
    }

    private mutating func read(_ action: TemplateAction) {
        guard !action.isComment else { return }
        if action.isEmpty { fault = fault ?? "an action is empty" }
        let first = action.words.first?.text ?? ""
        // A block's condition is asked always, what stands in it is not.
        if first == "end" {
            depth -= 1
            if depth < 0 { fault = fault ?? "an {{ end }} ends nothing" }
        } else if first == "else", depth == 0 {
            fault = fault ?? "an {{ else }} belongs to nothing"
        }
        for word in action.words { read(word) }
        if Self.openers.contains(first) {
            depth += 1
            isConditional = true
        }
    }

    private mutating func read(_ word: TemplateAction.Word) {
        if word.text.isEmpty {
            if depth == 0, let field = word.fields.first {
                fault = fault ?? "there is no data to take .\(field) from, write {{ \(field) }}"
            }
            return
        }
        guard !Self.keywords.contains(word.text), !Self.builtin.contains(word.text) else { return }
        guard Self.functions.contains(word.text) else {
            if !unknown.contains(word.text) { unknown.append(word.text) }
            return
        }
        guard word.text == "variables", depth == 0, let field = word.fields.first, !variables.contains(field) else {
            return
        }
        variables.append(field)
    }
}
