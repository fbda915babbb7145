package import JSON
import Kubernetes

extension AdmissionRequest {
    /// `object` with the name and namespace of the request where it has none: a review may hold them outside of it alone.
    package func placed(_ object: JSONValue) -> JSONValue {
        guard object.object != nil else { return object }
        var value = object
        if value.name.isEmpty, let name { value[path: "metadata", "name"] = .string(name) }
        if value.namespace == nil, let namespace { value[path: "metadata", "namespace"] = .string(namespace) }
        return value
    }

    /// The object as it is to be, placed; nil where the request has none, or something that is no object.
    package var placedObject: JSONValue? { Self.placed(object, self) }

    /// The object as it was, placed; nil where the request has none, or something that is no object.
    package var placedOldObject: JSONValue? { Self.placed(oldObject, self) }

    private static func placed(_ cursor: JSONCursor?, _ request: AdmissionRequest) -> JSONValue? {
        guard let value = cursor?.value, value.object != nil else { return nil }
        return request.placed(value)
    }
}
