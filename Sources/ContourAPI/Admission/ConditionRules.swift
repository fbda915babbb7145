import JSON

/// What can be wrong with a list of match conditions, on a route or on an include.
enum ConditionRules {
    private static let pathKinds = ["prefix", "exact", "regex"]
    private static let headerOperators = [
        "present", "notpresent", "contains", "notcontains", "exact", "notexact", "regex",
    ]
    private static let queryOperators = ["exact", "prefix", "suffix", "regex", "contains", "present"]

    /// Checks the list at `path`.
    ///
    /// `error` is Contour's condition type for a fault in a path, `RouteError` or
    /// `IncludeError`; an include takes prefixes alone.
    static func check(
        _ conditions: [JSONValue],
        at path: String,
        error: String,
        into findings: inout ProxyFindings
    ) {
        checkPaths(conditions, at: path, error: error, into: &findings)
        var headers = HeaderSeen()
        var exactParameters: Set<String> = []
        for (index, condition) in conditions.enumerated() {
            if let header = condition["header"], !header.isNull {
                checkHeader(header, at: "\(path)[\(index)].header", seen: &headers, into: &findings)
            }
            if let parameter = condition["queryParameter"], !parameter.isNull {
                let place = "\(path)[\(index)].queryParameter"
                checkQuery(parameter, at: place, seen: &exactParameters, into: &findings)
            }
        }
    }

    private static func checkPaths(
        _ conditions: [JSONValue],
        at path: String,
        error: String,
        into findings: inout ProxyFindings
    ) {
        let contour = "\(error)/PathMatchConditionsNotValid"
        let rule = error == "IncludeError" ? "include-path-conditions" : "route-path-conditions"
        var first: String?
        for (index, condition) in conditions.enumerated() {
            for kind in pathKinds {
                guard let text = condition.filled(kind) else { continue }
                let place = "\(path)[\(index)].\(kind)"
                if let first {
                    findings.deny(
                        rule,
                        place,
                        value: .string(text),
                        contour: contour,
                        "a second path condition beside \(first)",
                        write: "keep one of prefix, exact and regex in the list"
                    )
                }
                first = first ?? place
                checkPath(text, kind: kind, at: place, rule: rule, contour: contour, into: &findings)
                if kind == "exact", error == "RouteError", index < conditions.count - 1 {
                    findings.warn(
                        "exact-not-last",
                        place,
                        value: .string(text),
                        "not last, so acts as a prefix",
                        write: "move it to the end"
                    )
                }
            }
        }
    }

    private static func checkPath(
        _ text: String,
        kind: String,
        at path: String,
        rule: String,
        contour: String,
        into findings: inout ProxyFindings
    ) {
        if kind != "prefix", contour.hasPrefix("IncludeError") {
            findings.deny(
                rule,
                path,
                value: .string(text),
                contour: contour,
                "an include takes no \(kind) path",
                write: "write a prefix"
            )
        }
        if !text.hasPrefix("/") {
            findings.deny(
                rule,
                path,
                value: .string(text),
                contour: contour,
                "\(text) does not begin with /",
                write: "write /\(text)"
            )
        }
        if kind == "regex" { checkRegex(text, at: path, rule: rule, contour: contour, into: &findings) }
    }

    private static func checkHeader(
        _ header: JSONValue,
        at path: String,
        seen: inout HeaderSeen,
        into findings: inout ProxyFindings
    ) {
        let contour = "RouteError/HeaderMatchConditionsNotValid"
        let name = header["name"]?.string ?? ""
        let used = operators(of: header, among: headerOperators)
        if header["name"] == "" {
            findings.deny(
                "header-name-missing",
                "\(path).name",
                value: "",
                "a header condition without a name",
                write: "write the header's name"
            )
        }
        guard let acting = used.first else {
            findings.deny(
                "header-without-operator",
                path,
                value: header,
                "says nothing about \(name) and is ignored, so the route matches more",
                write: "add one of \(headerOperators.joined(separator: ", "))"
            )
            return
        }
        if used.count > 1 {
            findings.warn(
                "header-several-operators",
                path,
                value: header,
                "only \(acting) acts",
                write: "split the condition"
            )
        }
        let value = header.filled(acting)
        if let problem = seen.conflict(name.lowercased(), acting, value) {
            findings.deny(
                "header-conditions",
                "\(path).\(acting)",
                value: header[acting],
                contour: contour,
                problem,
                write: "keep one of the two"
            )
        }
        if acting == "regex", let value {
            checkRegex(value, at: "\(path).regex", rule: "header-conditions", contour: contour, into: &findings)
        }
    }

    private static func checkQuery(
        _ parameter: JSONValue,
        at path: String,
        seen: inout Set<String>,
        into findings: inout ProxyFindings
    ) {
        let contour = "RouteError/QueryParameterMatchConditionsNotValid"
        let used = operators(of: parameter, among: queryOperators)
        let name = parameter["name"]?.string ?? ""
        if parameter["name"] == "" {
            findings.deny(
                "query-name-missing",
                "\(path).name",
                value: "",
                "a query condition without a name",
                write: "write the parameter's name"
            )
        }
        if used.count != 1 {
            findings.deny(
                "query-conditions",
                path,
                value: parameter,
                contour: contour,
                used.isEmpty ? "no operator" : "several operators: \(used.joined(separator: ", "))",
                write: "write exactly one of \(queryOperators.joined(separator: ", "))"
            )
        }
        if used.contains("exact"), !seen.insert(name.lowercased()).inserted {
            findings.deny(
                "query-conditions",
                "\(path).exact",
                value: parameter["exact"],
                contour: contour,
                "a second exact value for \(name)",
                write: "keep one of the two"
            )
        }
        if let regex = parameter.filled("regex") {
            checkRegex(regex, at: "\(path).regex", rule: "query-conditions", contour: contour, into: &findings)
        }
    }

    /// The operators that are set; an empty string and false are not.
    private static func operators(of match: JSONValue, among names: [String]) -> [String] {
        names.filter { match.filled($0) != nil || match.flag($0) }
    }

    /// RE2 has neither look-around nor back-references.
    private static func checkRegex(
        _ pattern: String,
        at path: String,
        rule: String,
        contour: String,
        into findings: inout ProxyFindings
    ) {
        guard let construct = RegexLimits.foreignConstruct(in: pattern) else { return }
        findings.deny(
            rule,
            path,
            value: .string(pattern),
            contour: contour,
            "RE2 has no \(construct)",
            write: "write the expression without it"
        )
    }
}

/// The header conditions of a list so far, to find pairs that exclude each other.
private struct HeaderSeen {
    private var operators: [String: [(name: String, value: String?)]] = [:]

    /// Notes the operator `acting` with `value` on `header`; what it contradicts, or nil.
    mutating func conflict(_ header: String, _ acting: String, _ value: String?) -> String? {
        let before = operators[header] ?? []
        operators[header, default: []].append((acting, value))
        if acting == "exact", before.contains(where: { $0.name == "exact" }) {
            return "a second exact value for \(header)"
        }
        let opposites = [
            "present": "notpresent", "notpresent": "present", "exact": "notexact", "notexact": "exact",
            "contains": "notcontains", "notcontains": "contains",
        ]
        guard let opposite = opposites[acting], before.contains(where: { $0.name == opposite && $0.value == value })
        else { return nil }
        return "contradicts \(opposite) on \(header)"
    }
}
