import JSON
import Kubernetes

/// Objects on their way between the version in a request and the one that is stored.
struct ObjectVersions: Sendable {
    let conversion: any VersionConversion

    /// `object`, from a client of `kind`, as it is stored.
    ///
    /// - Throws: the 400 of an object of another version than the path's, the 500 of one that cannot be converted.
    func stored(_ object: JSONValue, from kind: ServedKind) async throws(KubernetesError) -> JSONValue {
        guard let custom = kind.custom else { return kind.stored(object) }
        let found = object["apiVersion"]?.string ?? ""
        let expected = kind.shownType.apiVersion
        guard found == expected else {
            throw .badRequest(
                "the apiVersion in the data (\(found)) does not match the expected apiVersion (\(expected))"
            )
        }
        guard expected != kind.type.apiVersion else { return object }
        return try await conversion.converted(custom.pruned(object), to: kind.type.apiVersion, by: custom.conversion)
    }

    /// An object from the store in the version that is stored now, in which it may not have been written.
    func raised(_ object: JSONValue, of kind: ServedKind) async throws(KubernetesError) -> JSONValue {
        guard let custom = kind.custom else { return kind.versioned(object) }
        return try await conversion.converted(object, to: kind.type.apiVersion, by: custom.conversion)
    }

    /// An object from the store as the version of `kind` shows it.
    func shown(_ object: JSONValue, as kind: ServedKind) async throws(KubernetesError) -> JSONValue {
        guard let custom = kind.custom else { return kind.presented(object) }
        let expected = kind.shownType.apiVersion
        guard object["apiVersion"]?.string != expected else { return object }
        let converted = try await conversion.converted(object, to: expected, by: custom.conversion)
        return custom.pruned(converted)
    }

    /// Objects from the store as the version of `kind` shows them.
    func shown(_ objects: [JSONValue], as kind: ServedKind) async throws(KubernetesError) -> [JSONValue] {
        var result: [JSONValue] = []
        for object in objects { result.append(try await shown(object, as: kind)) }
        return result
    }
}
