package import JSON

/// Finds everything in an object that its schema does not allow.
///
/// It never stops at the first fault. Rules are named `<prefix>/unknown-field`, `/missing-field`, `/wrong-type`,
/// `/not-a-choice`, `/wrong-format`, `/out-of-range` and `/deprecated-field`, unless the schema names its own.
package struct SchemaValidator: Sendable {
    /// What rules begin with: `canary`.
    package let prefix: String
    /// The schema of the whole object.
    package let schema: Schema

    package init(prefix: String, schema: Schema) {
        self.prefix = prefix
        self.schema = schema
    }

    /// What is wrong with `value`, in the order of the schema's fields, with paths that begin at `path`.
    package func findings(in value: JSONValue, at path: FieldPath = .root) -> [Finding] {
        var walk = SchemaWalk(prefix: prefix, root: schema, rootPath: path)
        walk.check(value, schema, path)
        return walk.findings
    }
}

/// One look through an object.
struct SchemaWalk {
    let prefix: String
    let root: Schema
    let rootPath: FieldPath
    var findings: [Finding] = []

    init(prefix: String, root: Schema, rootPath: FieldPath) {
        self.prefix = prefix
        self.root = root
        self.rootPath = rootPath
    }

    mutating func check(_ value: JSONValue, _ schema: Schema, _ path: FieldPath) {
        if let deprecation = schema.deprecation {
            add("deprecated-field", severity: .warn, path, value, "deprecated", deprecation)
        }
        switch schema.shape {
        case .object(let fields, let retired): checkObject(value, fields, retired, path)
        case .map(let element): checkMap(value, element, path)
        case .array(let element): checkArray(value, element, path)
        case .string(let choices, let format): checkString(value, choices, format, schema.mismatch, path)
        case .integer(let bounds): checkInteger(value, bounds, path)
        case .number(let bounds): checkNumber(value, bounds, path)
        case .boolean: checkBoolean(value, path)
        case .integerOrString(let bounds, let format):
            checkIntegerOrString(value, bounds, format, schema.mismatch, path)
        case .freeForm: break
        }
    }

    mutating func add(
        _ rule: String,
        severity: Finding.Severity = .deny,
        _ path: FieldPath,
        _ value: JSONValue?,
        _ problem: String,
        _ remedy: String
    ) {
        findings.append(Finding("\(prefix)/\(rule)", severity, at: path, value, problem, remedy))
    }

    mutating func add(_ explanation: Explanation, _ path: FieldPath, _ value: JSONValue?) {
        findings.append(Finding(explanation.rule, at: path, value, explanation.problem, explanation.remedy))
    }

    private mutating func checkMap(_ value: JSONValue, _ element: Schema, _ path: FieldPath) {
        guard let members = value.object else { return wrongType(value, "an object", path) }
        for member in members where !member.value.isNull { check(member.value, element, path.member(member.key)) }
    }

    private mutating func checkArray(_ value: JSONValue, _ element: Schema, _ path: FieldPath) {
        guard let elements = value.array else { return wrongType(value, "a list", path) }
        for (index, item) in elements.enumerated() { check(item, element, path.element(index)) }
    }

    mutating func wrongType(_ value: JSONValue, _ expected: String, _ path: FieldPath, _ remedy: String? = nil) {
        add(
            "wrong-type",
            path,
            value,
            "must be \(expected), not \(Self.named(value))",
            remedy ?? Self.typeRemedy(value, expected)
        )
    }

    private static func named(_ value: JSONValue) -> String {
        switch value {
        case .null: "null"
        case .bool: "a boolean"
        case .number: "a number"
        case .string: "a string"
        case .array: "a list"
        case .object: "an object"
        }
    }

    /// What YAML's quotes have to do with it, where they have.
    private static func typeRemedy(_ value: JSONValue, _ expected: String) -> String {
        switch value {
        case .string(let text) where expected.hasSuffix("number") && Double(text) != nil:
            "write \(text) without quotes"
        case .string(let text) where expected == "true or false" && (text == "true" || text == "false"):
            "write \(text) without quotes"
        case .number(let number) where expected == "a string": "put it in quotes: \"\(number.text)\""
        case .bool(let flag) where expected == "a string": "put it in quotes: \"\(flag)\""
        case .object where expected == "a list": "begin each entry with \"- \""
        case _ where expected == "an object": "write its fields below it, indented"
        default: "write \(expected)"
        }
    }
}
