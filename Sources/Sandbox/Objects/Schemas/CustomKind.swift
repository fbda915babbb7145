package import JSON
package import Kubernetes

/// One version of a kind that a CustomResourceDefinition declares.
package struct CustomKind: Sendable {
    /// Group, version, plural, kind and scope.
    package let type: ResourceType
    /// The same of the version that is stored.
    package let storedType: ResourceType
    /// `schema.openAPIV3Schema` of the version that is stored.
    let storedSchema: JSONValue
    /// `spec.conversion`: how its versions are made of each other.
    package let conversion: JSONValue
    /// What whoever uses this version is told; nil when it is not deprecated.
    package let deprecation: String?
    /// `canary`.
    package let singular: String
    /// `cd` and the like.
    package let shortNames: [String]
    /// `all` and the like.
    package let categories: [String]
    /// Whether `status` is a subresource.
    package let hasStatus: Bool
    /// Where the Scale is; nil where `scale` is no subresource.
    let scalePaths: ScalePaths?
    /// `additionalPrinterColumns`: objects with `name`, `type`, `jsonPath`, `priority`.
    package let columns: [JSONValue]
    /// `schema.openAPIV3Schema`; an empty object where there is none.
    package let schema: JSONValue

    /// The served versions that `definition`, a CustomResourceDefinition, declares, in its order.
    ///
    /// Empty when group, plural or kind is missing.
    package static func kinds(of definition: JSONValue) -> [CustomKind] {
        let names = definition[path: "spec", "names"]
        guard let group = definition[path: "spec", "group"]?.string, let plural = names?["plural"]?.string,
            let kind = names?["kind"]?.string
        else { return [] }
        let versions = definition[path: "spec", "versions"]?.array ?? []
        let isNamespaced = definition[path: "spec", "scope"] != "Cluster"
        let type = { (version: String) in
            ResourceType(group: group, version: version, plural: plural, kind: kind, isNamespaced: isNamespaced)
        }
        let stored = versions.first { $0["storage"] == true }
        return versions.compactMap { version in
            guard version["served"] == true, let name = version["name"]?.string else { return nil }
            return CustomKind(
                type: type(name),
                storedType: type(stored?["name"]?.string ?? name),
                storedSchema: Self.schema(of: stored ?? version),
                conversion: definition[path: "spec", "conversion"] ?? ["strategy": "None"],
                deprecation: Self.deprecation(of: version, type(name)),
                singular: names?["singular"]?.string ?? kind.lowercased(),
                shortNames: (names?["shortNames"]?.array ?? []).compactMap(\.string),
                categories: (names?["categories"]?.array ?? []).compactMap(\.string),
                hasStatus: version[path: "subresources", "status"] != nil,
                scalePaths: ScalePaths(version[path: "subresources", "scale"]),
                columns: version["additionalPrinterColumns"]?.array ?? [],
                schema: Self.schema(of: version)
            )
        }
    }

    private static func schema(of version: JSONValue) -> JSONValue {
        version[path: "schema", "openAPIV3Schema"] ?? .object(JSONObject())
    }

    private static func deprecation(of version: JSONValue, _ type: ResourceType) -> String? {
        guard version["deprecated"] == true else { return nil }
        return version["deprecationWarning"]?.string ?? "\(type.apiVersion) \(type.kind) is deprecated"
    }

    /// The same in the version that is stored.
    var stored: CustomKind {
        CustomKind(
            type: storedType,
            storedType: storedType,
            storedSchema: storedSchema,
            conversion: conversion,
            deprecation: nil,
            singular: singular,
            shortNames: shortNames,
            categories: categories,
            hasStatus: hasStatus,
            scalePaths: scalePaths,
            columns: columns,
            schema: storedSchema
        )
    }

    /// `object` without what the schema neither declares nor preserves, and with the schema's defaults.
    ///
    /// Giving it twice changes nothing. apiVersion, kind and metadata are left as they are; without a schema so is all
    /// else.
    package func pruned(_ object: JSONValue) -> JSONValue {
        guard schema.object?.isEmpty == false else { return object }
        return StructuralSchema(schema).completed(StructuralSchema(schema).pruned(object, isObject: true))
    }

    /// What of `object` the schema does not allow, in the words of the real server; empty when all is well.
    ///
    /// It knows type, enum, bounds, lengths, patterns, required members, and allOf, anyOf, oneOf and not.
    package func causes(in object: JSONValue) -> [FieldCause] {
        SchemaCheck(StructuralSchema(schema)).causes(in: object)
    }
}
