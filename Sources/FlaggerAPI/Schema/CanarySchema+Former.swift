import JSON
import Schema

/// `spec` in `v1alpha3`.
extension CanarySchema {
    /// The schema of `spec` with the analysis under either of its names, as OpenAPI.
    ///
    /// It is the API server's to check types by; what must be there is said of the converted object.
    static let formerSpec: JSONValue = {
        var spec = Self.spec.openAPI
        var properties = JSONObject()
        for member in spec["properties"]?.object ?? JSONObject() {
            if member.key == CanaryNames.current.rawValue { properties[CanaryNames.former.rawValue] = member.value }
            properties[member.key] = member.value
        }
        spec["properties"] = .object(properties)
        let required = (spec["required"]?.array ?? []).filter { $0.string != CanaryNames.current.rawValue }
        spec["required"] = required.isEmpty ? nil : .array(required)
        return spec
    }()
}
