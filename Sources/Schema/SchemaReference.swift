import JSON

/// The reference page of a kind: each object with its fields, as Markdown.
package struct SchemaReference: Sendable {
    /// The kind.
    package let title: String
    /// What stands behind the schema's summary.
    package let preface: String
    /// The schemas that are shown, each with where it stands: the whole object at no path.
    package let parts: [(path: String, schema: Schema)]

    package init(_ title: String, preface: String, parts: [(path: String, schema: Schema)]) {
        self.title = title
        self.preface = preface
        self.parts = parts
    }

    /// The page.
    package var markdown: String {
        var sections = ["# \(title)", parts.first?.schema.summary ?? "", preface]
        for part in parts { Self.collect(part.schema, part.path, &sections) }
        return sections.joined(separator: "\n\n") + "\n"
    }

    /// A section for each object with named fields, the outer ones first.
    private static func collect(_ schema: Schema, _ path: String, _ sections: inout [String]) {
        switch schema.shape {
        case .array(let element): collect(element, "\(path)[]", &sections)
        case .map(let element): collect(element, "\(path).*", &sections)
        case .object(let fields, let retired):
            if !path.isEmpty { sections += ["## \(path)", schema.summary] }
            sections.append(table(fields))
            let notes = retired.map { "`\($0.name)` \($0.explanation.problem): \($0.explanation.remedy)." }
            sections += notes
            for field in fields {
                collect(field.schema, path.isEmpty ? field.name : "\(path).\(field.name)", &sections)
            }
        default: break
        }
    }

    private static func table(_ fields: [Field]) -> String {
        let rows = fields.map { field in
            let name = field.isRequired ? "**`\(field.name)`**" : "`\(field.name)`"
            return "| \(name) | \(kind(field.schema)) | \(standard(field.schema)) | \(meaning(field.schema)) |"
        }
        return (["| field | what it is | default | meaning |", "| --- | --- | --- | --- |"] + rows)
            .joined(separator: "\n")
    }

    private static func kind(_ schema: Schema) -> String {
        switch schema.shape {
        case .object: "object"
        case .map(let element): "object, its values each: \(kind(element))"
        case .array(let element): "list, its entries each: \(kind(element))"
        case .string(let choices, _) where !choices.isEmpty:
            "one of " + choices.filter { !$0.isEmpty }.map { "`\($0)`" }.joined(separator: ", ")
        case .string(_, let format): format?.name ?? "text"
        case .integer(let bounds): "whole number" + (bounds.text.isEmpty ? "" : ", \(bounds.text)")
        case .number(let bounds): "number" + (bounds.text.isEmpty ? "" : ", \(bounds.text)")
        case .boolean: "`true` or `false`"
        case .integerOrString(let bounds, _): "whole number\(bounds.text.isEmpty ? "" : ", \(bounds.text),") or name"
        case .freeForm: "anything"
        }
    }

    private static func standard(_ schema: Schema) -> String {
        guard let standard = schema.standard else { return "" }
        let value = standard.value.string ?? Finding.shown(standard.value)
        return "`\(value)`" + (standard.unless.map { ", not beside `\($0)`" } ?? "")
    }

    private static func meaning(_ schema: Schema) -> String {
        let text = schema.deprecation.map { "\(schema.summary) Deprecated: \($0)." } ?? schema.summary
        return text.replacing("|", with: "\\|")
    }
}
