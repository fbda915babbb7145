import HTTP
import HTTPTypes
import JSON
import Kubernetes
import YAML

/// What a request's body says.
extension APICall {
    /// The media type of the body, without parameters; empty when none is named.
    var mediaType: String {
        let text = header(.contentType) ?? ""
        return text.prefix { $0 != ";" }.filter { $0 != " " }.lowercased()
    }

    /// The object in the body of a POST or PUT, with the kind and apiVersion of the path where it has none.
    func object() throws(KubernetesError) -> JSONValue {
        let object: JSONValue
        switch mediaType {
        case "", "application/json": object = try json()
        case "application/yaml", "application/x-yaml": object = try yaml()
        case ProtobufObject.mediaType where ProtobufObject.isKnown(kind.shownType):
            object = try ProtobufObject.object(in: request.body, of: kind.shownType)
        default: throw .unsupportedMediaType(accepted: ["application/json", "application/yaml"])
        }
        return try identified(object)
    }

    /// The body as JSON.
    func json() throws(KubernetesError) -> JSONValue {
        do {
            return try JSONValue(parsing: request.body)
        } catch {
            throw unreadable("json parse error: \(error.summary)")
        }
    }

    /// The body as one YAML document, which JSON is too.
    func yaml() throws(KubernetesError) -> JSONValue {
        let documents: [YAMLDocument]
        do { documents = try YAMLParser.documents(in: request.body) } catch {
            throw unreadable("error converting YAML to JSON: \(error.summary)")
        }
        guard let document = documents.first, documents.count == 1 else {
            throw unreadable("expected one document, found \(documents.count)")
        }
        return document.value
    }

    /// `object` with kind and apiVersion, once its outline is checked.
    func identified(_ object: JSONValue) throws(KubernetesError) -> JSONValue {
        guard let members = object.object else { throw unreadable("expected an object, found \(object.typeName)") }
        for field in ["metadata", "spec"] {
            guard let value = members[field], !value.isNull, value.object == nil else { continue }
            throw mistyped("json: cannot unmarshal \(value.typeName) into Go struct field \(type.kind).\(field)")
        }
        for (field, kind) in Self.metadataFields {
            guard let value = object[path: "metadata", field], !value.isNull, value.typeName != kind else { continue }
            let place = "ObjectMeta.metadata.\(field)"
            throw mistyped("json: cannot unmarshal \(value.typeName) into Go struct field \(place) of type \(kind)")
        }
        for field in ["labels", "annotations"] {
            for member in object[path: "metadata", field]?.object ?? JSONObject() where member.value.string == nil {
                let place = "ObjectMeta.metadata.\(field) of type string"
                throw mistyped("json: cannot unmarshal \(member.value.typeName) into Go struct field \(place)")
            }
        }
        var object = object
        // The API server writes its own version of the type onto an object that has none.
        if path.subresource != "scale" {
            object["apiVersion"] = object["apiVersion"] ?? .string(kind.shownType.apiVersion)
            object["kind"] = object["kind"] ?? .string(type.kind)
        }
        return object
    }

    /// The metadata that clients write, and its JSON types.
    private static let metadataFields = [
        ("name", "string"), ("generateName", "string"), ("namespace", "string"), ("uid", "string"),
        ("resourceVersion", "string"), ("labels", "object"), ("annotations", "object"), ("finalizers", "array"),
        ("ownerReferences", "array"),
    ]

    private func unreadable(_ problem: String) -> KubernetesError {
        .badRequest(
            "the object provided is unrecognized (must be of type \(type.kind)): couldn't get version/kind; \(problem)"
        )
    }

    private func mistyped(_ problem: String) -> KubernetesError {
        .badRequest(
            "\(type.kind) in version \"\(kind.shownType.version)\" cannot be handled as a \(type.kind): \(problem)"
        )
    }
}
