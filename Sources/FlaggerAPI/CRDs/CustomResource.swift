import JSON
import Kubernetes
import Schema

/// A kind of ours, from which its CustomResourceDefinition is made.
struct CustomResource {
    let type: ResourceType
    let singular: String
    /// What one may write for it: `kubectl get cn`.
    let shortName: String
    let spec: Schema
    let status: Schema
    let columns: [PrinterColumn]

    /// The CustomResourceDefinition.
    ///
    /// Source: apiextensions.k8s.io/v1.
    var definition: JSONValue {
        [
            "apiVersion": "apiextensions.k8s.io/v1",
            "kind": "CustomResourceDefinition",
            "metadata": [
                "name": .string(type.qualifiedPlural),
                "annotations": ["helm.sh/resource-policy": "keep"],
            ],
            "spec": [
                "group": .string(type.group),
                "names": [
                    "kind": .string(type.kind),
                    "listKind": .string("\(type.kind)List"),
                    "plural": .string(type.plural),
                    "singular": .string(singular),
                    "shortNames": [.string(shortName)],
                    "categories": ["all"],
                ],
                "scope": "Namespaced",
                "versions": [version],
            ],
        ]
    }

    private var version: JSONValue {
        [
            "name": .string(type.version),
            "served": true,
            "storage": true,
            "subresources": ["status": [:]],
            "additionalPrinterColumns": .array(columns.map(\.value)),
            "schema": ["openAPIV3Schema": root],
        ]
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
                "spec": spec.openAPI,
                "status": status.openAPI,
            ],
        ]
    }
}

/// A column of `kubectl get`.
struct PrinterColumn {
    let value: JSONValue

    init(_ name: String, _ path: String, type: String = "string", isWide: Bool = false) {
        var value: JSONValue = ["name": .string(name), "type": .string(type), "jsonPath": .string(path)]
        if isWide { value["priority"] = 1 }
        self.value = value
    }
}
