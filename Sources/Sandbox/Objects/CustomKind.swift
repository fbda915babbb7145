package import JSON
package import Kubernetes

/// One version of a kind that a CustomResourceDefinition declares.
package struct CustomKind: Sendable {
    /// Group, version, plural, kind and scope.
    package let type: ResourceType
    /// `canary`.
    package let singular: String
    /// `cd` and the like.
    package let shortNames: [String]
    /// `all` and the like.
    package let categories: [String]
    /// Whether `status` is a subresource.
    package let hasStatus: Bool
    /// `additionalPrinterColumns`: objects with `name`, `type`, `jsonPath`, `priority`.
    package let columns: [JSONValue]
    /// `schema.openAPIV3Schema`; an empty object where there is none.
    package let schema: JSONValue

    /// The served versions that `definition`, a CustomResourceDefinition, declares.
    package static func kinds(of definition: JSONValue) -> [CustomKind] { [] }

    /// `object` without what the schema neither declares nor preserves, and with the schema's defaults.
    package func pruned(_ object: JSONValue) -> JSONValue { object }
}
