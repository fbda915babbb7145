import HTTP
import JSON
import Kubernetes

/// The patch in a request's body.
enum ObjectPatch: Sendable {
    /// RFC 6902.
    case json(JSONPatch)
    /// RFC 7386.
    case merge(JSONValue)
    /// Kubernetes' own, for built-in kinds.
    case strategic(JSONValue)
    /// Server-side apply; `WriteIntake` merges it, but for a Scale.
    case apply(JSONValue)

    private static let custom = [
        "application/json-patch+json", "application/merge-patch+json", "application/apply-patch+yaml",
    ]
    private static let builtIn = [
        "application/json-patch+json", "application/merge-patch+json", "application/strategic-merge-patch+json",
        "application/apply-patch+yaml",
    ]

    /// Reads the patch of `call`.
    ///
    /// - Throws: the 415 for a form that the kind does not have, the 400 for what cannot be read.
    init(_ call: APICall) throws(KubernetesError) {
        let type = call.mediaType
        let accepted = call.kind.isCustom ? Self.custom : Self.builtIn
        guard accepted.contains(type) else { throw .unsupportedMediaType(accepted: accepted) }
        switch type {
        case "application/json-patch+json":
            do { self = .json(try JSONPatch(try Self.body(call))) } catch let error as JSONPatch.Failure {
                throw .badRequest("error decoding patch: \(error.description)")
            } catch let error as KubernetesError {
                throw error
            } catch {
                throw .badRequest("error decoding patch")
            }
        case "application/merge-patch+json": self = .merge(try Self.body(call))
        case "application/strategic-merge-patch+json": self = .strategic(try Self.body(call))
        default: self = .apply(try Self.applied(call))
        }
    }

    /// `object` after the patch.
    ///
    /// - Throws: the 422 or 400 of a patch that does not apply.
    func applied(to object: JSONValue, _ call: APICall) throws(KubernetesError) -> JSONValue {
        switch self {
        case .json(let patch): return try Self.applied(patch, to: object)
        case .merge(let patch), .apply(let patch): return object.merging(patch)
        case .strategic(let patch):
            do { return try StrategicMerge.applying(patch, to: object) } catch {
                throw .badRequest("error applying strategic merge patch: \(error.description)")
            }
        }
    }

    private static func applied(_ patch: JSONPatch, to object: JSONValue) throws(KubernetesError) -> JSONValue {
        guard copiesFit(patch, object) else { throw .inapplicable("patch") }
        do { return try patch.applied(to: object) } catch { throw .inapplicable("patch") }
    }

    /// Whether what a patch copies is all together no larger than a request may be: each copy can double the object.
    ///
    /// Source: the API server's `AccumulatedCopySizeLimit` of evanphx/json-patch.
    private static func copiesFit(_ patch: JSONPatch, _ object: JSONValue) -> Bool {
        let isCopy = { (operation: JSONPatch.Operation) in if case .copy = operation { true } else { false } }
        guard let last = patch.operations.lastIndex(where: isCopy) else { return true }
        var object = object
        var size = 0
        for operation in patch.operations[...last] {
            if case .copy(let from, _) = operation, let copied = object[from] {
                size += copied.serialized.count
                guard size <= SandboxAPIServer.bodyLimit else { return false }
            }
            do { object = try JSONPatch([operation]).applied(to: object) } catch {
                // It does not get further than this.
                return true
            }
        }
        return true
    }

    private static func body(_ call: APICall) throws(KubernetesError) -> JSONValue {
        do { return try JSONValue(parsing: call.request.body) } catch {
            throw .badRequest("error decoding patch: \(error.summary)")
        }
    }

    private static func applied(_ call: APICall) throws(KubernetesError) -> JSONValue {
        let object = try call.yaml()
        guard object["kind"]?.string != nil, object["apiVersion"]?.string != nil else {
            throw .badRequest("invalid object type: /, Kind=")
        }
        guard object[path: "metadata", "managedFields"]?.array?.isEmpty ?? true else {
            throw .badRequest("metadata.managedFields must be nil")
        }
        guard object.name.isEmpty || object.name == call.key.name else {
            let name = object.name
            throw .badRequest(
                "the name of the object (\(name)) does not match the name on the URL (\(call.key.name))"
            )
        }
        var patch = object
        // A bare `creationTimestamp: null`, as Go clients write it, says nothing.
        if patch[path: "metadata", "creationTimestamp"]?.isNull == true {
            patch[path: "metadata", "creationTimestamp"] = nil
        }
        return patch
    }
}
