import JSON
import Kubernetes

/// The OpenAPI documents of the kinds that are served: version 2 as one, version 3 by API version.
struct OpenAPIDocuments {
    let kinds: [ServedKind]

    /// The media type of version 2; a dot before `v1.0`, as the form with `@`, which clients ask for, is none.
    static let secondVersionType = "application/com.github.proto-openapi.spec.v2.v1.0+protobuf"

    private static let info: JSONValue = ["title": "Kubernetes", "version": "v1.32.0"]

    // MARK: Version 3

    /// Where the documents are: `/openapi/v3/apis/apps/v1`.
    var index: JSONValue {
        var paths = JSONObject()
        for kind in kinds {
            let path = Self.path(of: kind)
            paths[path] = ["serverRelativeURL": .string("/openapi/v3/\(path)?hash=\(kinds.count)")]
        }
        return ["paths": .object(paths)]
    }

    /// The document at `path`, `apis/apps/v1`; nil when there is none.
    func thirdVersion(at path: String) -> JSONValue? {
        let own = kinds.filter { Self.path(of: $0) == path }
        guard !own.isEmpty else { return nil }
        let schemas = OpenAPISchemas(prefix: "#/components/schemas/", isSecondVersion: false)
        var components = JSONObject()
        for (name, schema) in schemas.schemas(of: own) { components[name] = schema }
        var paths = JSONObject()
        for kind in own {
            let identity = OpenAPISchemas.identity(of: kind.shownType)
            let parameters = Self.parameters.map { name -> JSONValue in
                ["name": .string(name), "in": "query", "schema": ["type": "string"]]
            }
            let operation: JSONValue = [
                "parameters": .array(parameters), "responses": ["200": ["description": "OK"]],
                "x-kubernetes-group-version-kind": identity,
            ]
            for path in Self.paths(of: kind) { paths[path] = ["get": operation, "patch": operation] }
        }
        return [
            "openapi": "3.0.0", "info": Self.info, "paths": .object(paths),
            "components": ["schemas": .object(components)],
        ]
    }

    // MARK: Version 2

    /// The document in JSON.
    var secondVersion: JSONValue {
        var definitions = JSONObject()
        for (name, schema) in Self.second.schemas(of: kinds) { definitions[name] = schema }
        return [
            "swagger": "2.0", "info": Self.info, "paths": .object(JSONObject()), "definitions": .object(definitions),
        ]
    }

    /// The document in protobuf, as kubectl reads it.
    ///
    /// Source: `OpenAPIv2.proto` of gnostic-models; paths hold what kubectl looks for there, whether a kind can be patched
    /// with `dryRun`.
    var secondVersionBytes: [UInt8] {
        var document = ProtobufWriter()
        document.add(1, "2.0")
        document.add(2) { info in
            info.add(1, "Kubernetes")
            info.add(2, "v1.32.0")
        }
        document.add(8) { paths in
            for kind in kinds {
                guard let path = Self.paths(of: kind).last else { continue }
                paths.add(2) { Self.write(path, kind, to: &$0) }
            }
        }
        document.add(9) { definitions in
            for (name, schema) in Self.second.schemas(of: kinds) {
                definitions.add(1) { Self.write(name, schema, to: &$0) }
            }
        }
        return document.bytes
    }

    private static let second = OpenAPISchemas(prefix: "#/definitions/", isSecondVersion: true)
    private static let parameters = ["dryRun", "fieldManager", "fieldValidation", "force"]

    private static func write(_ path: String, _ kind: ServedKind, to named: inout ProtobufWriter) {
        named.add(1, path)
        named.add(2) { item in
            item.add(8) { patch in
                for name in parameters {
                    patch.add(8) { item in
                        item.add(1) { parameter in
                            parameter.add(2) { other in
                                other.add(3) { query in
                                    query.add(2, "query")
                                    query.add(4, name)
                                    query.add(6, "string")
                                }
                            }
                        }
                    }
                }
                patch.add(13) { write(extension: OpenAPISchemas.identity(of: kind.shownType), to: &$0) }
            }
        }
    }

    private static func write(
        extension value: JSONValue,
        _ name: String = "x-kubernetes-group-version-kind",
        to named: inout ProtobufWriter
    ) {
        named.add(1, name)
        // JSON is YAML too.
        named.add(2) { $0.add(2, value.text) }
    }

    private static func write(_ name: String, _ schema: JSONValue, to named: inout ProtobufWriter) {
        named.add(1, name)
        named.add(2) { write(schema, to: &$0) }
    }

    private static func write(_ schema: JSONValue, to message: inout ProtobufWriter) {
        message.add(1, schema["$ref"]?.string ?? "")
        message.add(2, schema["format"]?.string ?? "")
        message.add(4, schema["description"]?.string ?? "")
        for name in schema["required"]?.array ?? [] { message.add(19, name.string ?? "") }
        if let more = schema["additionalProperties"] {
            message.add(21) { item in item.add(1) { write(more, to: &$0) } }
        }
        if let type = schema["type"]?.string { message.add(22) { $0.add(1, type) } }
        if let items = schema["items"] { message.add(23) { list in list.add(1) { write(items, to: &$0) } } }
        if let properties = schema["properties"]?.object {
            message.add(25) { list in
                for member in properties { list.add(1) { write(member.key, member.value, to: &$0) } }
            }
        }
        for member in schema.object ?? JSONObject() where member.key.hasPrefix("x-kubernetes-") {
            message.add(31) { write(extension: member.value, member.key, to: &$0) }
        }
    }

    // MARK: Paths

    private static func path(of kind: ServedKind) -> String {
        let type = kind.shownType
        return type.group.isEmpty ? "api/\(type.version)" : "apis/\(type.group)/\(type.version)"
    }

    /// Where a kind's collection and its objects are.
    private static func paths(of kind: ServedKind) -> [String] {
        let type = kind.shownType
        let collection = type.path(namespace: type.isNamespaced ? "{namespace}" : nil)
        return [collection, "\(collection)/{name}"]
    }
}
