package import JSON

extension Schema {
    /// The schema as a CRD has it (structural, OpenAPI v3).
    ///
    /// Every field is declared, and unknown ones are kept, so that a webhook sees and refuses them instead of the API
    /// server dropping them in silence. Defaults are not rendered: the mutating webhook fills them in. Source:
    /// apiextensions.k8s.io/v1 JSONSchemaProps.
    package var openAPI: JSONValue {
        var result: JSONValue = .object(JSONObject())
        if !fullSummary.isEmpty { result["description"] = .string(fullSummary) }
        switch shape {
        case .object(let fields, _):
            result["type"] = "object"
            result["x-kubernetes-preserve-unknown-fields"] = true
            let required = fields.filter(\.isRequired).map { JSONValue.string($0.name) }
            if !required.isEmpty { result["required"] = .array(required) }
            var properties = JSONObject()
            for field in fields { properties[field.name] = field.schema.openAPI }
            result["properties"] = .object(properties)
        case .map(let element):
            result["type"] = "object"
            result["additionalProperties"] = element.openAPI
        case .array(let element):
            result["type"] = "array"
            result["items"] = element.openAPI
        case .string(let choices, let format):
            result["type"] = "string"
            if !choices.isEmpty { result["enum"] = .array(choices.map { .string($0) }) }
            if let pattern = format?.pattern { result["pattern"] = .string(pattern) }
        case .integer(let bounds): bounds.write("integer", to: &result)
        case .number(let bounds): bounds.write("number", to: &result)
        case .boolean: result["type"] = "boolean"
        case .integerOrString: result["x-kubernetes-int-or-string"] = true
        case .freeForm: result["x-kubernetes-preserve-unknown-fields"] = true
        }
        return result
    }

    /// The summary, the default and what to use instead.
    private var fullSummary: String {
        var parts = summary.isEmpty ? [] : [summary]
        if let standard { parts.append("Default: \(standard.value.string ?? Finding.shown(standard.value)).") }
        if let deprecation { parts.append("Deprecated: \(deprecation).") }
        return parts.joined(separator: " ")
    }
}

extension Bounds {
    fileprivate func write(_ type: String, to result: inout JSONValue) {
        result["type"] = .string(type)
        if let minimum { result["minimum"] = .number(JSONNumber(minimum)) }
        if let maximum { result["maximum"] = .number(JSONNumber(maximum)) }
    }
}
