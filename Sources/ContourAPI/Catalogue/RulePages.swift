import FlaggerAPI
import JSON
package import Schema
package import YAML

/// What `docs/rules` and `docs/reference` hold, made from the catalogue and the schemas.
package enum RulePages {
    /// A file and its path below `docs`.
    package struct File: Hashable, Sendable {
        /// `rules/canary/step-weight-above-max.md`.
        package let path: String
        /// The whole of it.
        package let text: String
    }

    /// All of them.
    ///
    /// - Throws: `YAMLError` for an example that is no YAML, a fault of the catalogue.
    package static func files() throws(YAMLError) -> [File] {
        var files = [File(path: "rules/README.md", text: index)]
        for rule in RuleCatalogue.all {
            files.append(File(path: "rules/\(rule.id).md", text: try page(of: rule).markdown))
        }
        return files + references
    }

    /// The page of `rule`, with what its wrong examples yield.
    ///
    /// - Throws: `YAMLError` for an example that is no YAML.
    package static func page(of rule: Rule) throws(YAMLError) -> RulePage {
        guard ContourKind(prefix: rule.prefix) != nil else { return try RuleTrial(rule).page() }
        return try ContourTrial(rule).page()
    }

    private static let origin = "Made by `canarygate explain --write docs`; a test compares the two."

    private static var references: [File] {
        let flagger = FlaggerKind.allCases.map { kind in
            let page = SchemaReference(
                kind.rawValue,
                preface: """
                    Fields in bold have to be there. Defaults are written into the object when it is stored. What may \
                    not be beyond this table is in [the rules](../rules/README.md). \(origin)
                    """,
                parts: kind.referenceParts
            )
            return File(path: "reference/\(kind.prefix).md", text: page.markdown)
        }
        let contour = ContourKind.allCases.compactMap { kind in
            kind.schema.map { schema in
                let page = SchemaReference(
                    kind.rawValue,
                    preface: """
                        Fields in bold have to be there. The CustomResourceDefinition is Contour's, and nothing is \
                        written into the object. What may not be beyond this table is in \
                        [the rules](../rules/README.md). \(origin)
                        """,
                    parts: [("", schema)]
                )
                return File(path: "reference/\(kind.prefix).md", text: page.markdown)
            }
        }
        return flagger + contour
    }

    private static var index: String {
        var parts = [
            "# Rules", introduction,
            """
            ## Modes

            Each rule has a mode: `off` (not asked), `audit` (counted in `canarygate_admission_findings_total`, logged as \
            `found by a rule in audit`, and nobody is told), `warn` (let through with a warning) or `deny` (refused). The \
            nearest wins:

            1. a label of the object's namespace, `rules.canarygate.dev/<kind>.<name>: <mode>`;
            2. `canarygate serve --rule <kind>/<name>=<mode>`, once for each rule;
            3. what stands in the tables below.

            Rules that the rollout itself relies on (*fixed*) can't be lowered. A label that names no rule or no mode is \
            told to whoever applies an object in that namespace, and has no effect.
            """,
        ]
        for kind in FlaggerKind.allCases { parts += ["## \(kind.rawValue)", table(kind.prefix)] }
        for kind in ContourKind.allCases where ContourRules.all.contains(where: { $0.prefix == kind.prefix }) {
            parts += ["## \(kind.rawValue)", table(kind.prefix)]
        }
        parts += ["## What the examples stand on", foundation]
        return parts.joined(separator: "\n\n") + "\n"
    }

    private static let introduction = """
        What is refused or warned about when an object is applied, and what would happen without it. `canarygate rules` \
        lists the same, `canarygate explain <kind>/<name>` prints a page. \(origin)
        """

    private static func table(_ prefix: String) -> String {
        let rows = RuleCatalogue.all.filter { $0.prefix == prefix }.map { rule in
            let fixed = rule.isFixed ? ", *fixed*" : ""
            return "| [\(rule.name)](\(rule.id).md) | \(rule.severity.rawValue)\(fixed) | \(rule.scope.words) | "
                + "\(rule.summary.replacing("|", with: "\\|")) |"
        }
        return (["| rule | mode | asked | what |", "| --- | --- | --- | --- |"] + rows).joined(separator: "\n")
    }

    private static var foundation: String {
        let flagger =
            FlaggerKind.allCases.map { YAMLWriter.text(ExampleCluster.good($0)) }
            + ExampleCluster.neighbours.map(YAMLWriter.text)
        let contour = (ContourKind.allCases.map(ContourExamples.good) + ContourExamples.neighbours)
            .map(YAMLWriter.text)
        return """
            The examples hold only what matters. Each is merged over the good manifest of its kind, where `null` takes a \
            field away; what stands behind `---` is in the cluster already. The good ones of Flagger's kinds, and what \
            is there beside them:

            ```yaml
            \(flagger.joined(separator: "---\n"))```

            The good ones of Contour's kinds and of what they refer to; each is in the cluster while another kind is \
            judged. \(ContourExamples.setup)

            ```yaml
            \(contour.joined(separator: "---\n"))```
            """
    }
}

extension Rule.Scope {
    /// When the rule is asked, in a word or two.
    fileprivate var words: String {
        switch self {
        case .always: "always"
        case .loop: "`--loop=on`"
        case .flagger: "`--loop=off`"
        }
    }
}
