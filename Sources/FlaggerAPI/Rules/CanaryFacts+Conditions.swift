import JSON
import Schema

/// The requests that an A/B test of our loop takes.
extension CanaryFacts {
    private static let operators = ["exact", "prefix", "suffix", "regex"]

    mutating func checkConditions() {
        for (value, path) in matches where value.object != nil {
            if let labels = value["sourceLabels"], !labels.isNull {
                deny(
                    "match-source-labels",
                    path.member("sourceLabels"),
                    labels,
                    "Contour does not know which pod sends a request",
                    "match by headers or queryParams"
                )
            }
            guard Self.isSet("headers", in: value) || Self.isSet("queryParams", in: value) else {
                deny(
                    "match-empty",
                    path,
                    value,
                    "without a header or a query parameter every request would match",
                    "write a header such as x-canary: {exact: insider}"
                )
                continue
            }
            for name in ["headers", "queryParams"] {
                if let conditions = value[name], conditions.object == nil {
                    deny(
                        "match-condition",
                        path.member(name),
                        conditions,
                        "not names with a condition each",
                        "write a map such as x-canary: {exact: insider}"
                    )
                }
                for member in value[name]?.object ?? JSONObject() {
                    checkCondition(member.value, path.member(name).member(member.key), isQuery: name == "queryParams")
                }
            }
        }
    }

    private mutating func checkCondition(_ value: JSONValue, _ path: FieldPath, isQuery: Bool) {
        let given = Self.operators.filter { value[$0] != nil }
        guard let operation = given.first, given.count == 1, let text = value[operation]?.string else {
            return deny(
                "match-condition",
                path,
                value,
                "not one text to compare with",
                "write one of exact, prefix\(isQuery ? "" : ", suffix") and regex, with a text"
            )
        }
        if isQuery, operation == "suffix" {
            deny(
                "match-condition",
                path.member(operation),
                value[operation],
                "Flagger's API has no suffix for query parameters",
                "write regex: .*\(text)"
            )
        }
        guard operation == "regex", let fault = RE2Syntax.fault(in: text) else { return }
        deny(
            "match-pattern",
            path.member(operation),
            value[operation],
            "not a regular expression that Envoy reads: \(fault)",
            "mend it"
        )
    }
}
