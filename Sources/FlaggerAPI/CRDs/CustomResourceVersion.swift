import JSON
import Schema

/// One version of a kind of ours, as its CustomResourceDefinition has it.
struct CustomResourceVersion {
    let name: String
    /// The schema of `spec`, as OpenAPI.
    let spec: JSONValue
    let status: Schema
    let columns: [PrinterColumn]
    /// What kubectl says to whoever still uses it; nil for a version that is current.
    var deprecation: String?

    /// The entry of `spec.versions`; the version that is current is the one that is stored.
    var value: JSONValue {
        var value: JSONValue = ["name": .string(name), "served": true, "storage": .bool(deprecation == nil)]
        if let deprecation {
            value["deprecated"] = true
            value["deprecationWarning"] = .string(deprecation)
        }
        value["subresources"] = ["status": [:]]
        value["additionalPrinterColumns"] = .array(columns.map(\.value))
        value["schema"] = ["openAPIV3Schema": root]
        return value
    }

    /// The whole object; `metadata` is the API server's.
    private var root: JSONValue {
        [
            "type": "object",
            "x-kubernetes-preserve-unknown-fields": true,
            "required": ["spec"],
            "properties": [
                "apiVersion": ["type": "string"],
                "kind": ["type": "string"],
                "metadata": ["type": "object"],
                "spec": spec,
                "status": status.openAPI,
            ],
        ]
    }
}
