import JSON

/// Applies a webhook's patch as the API server does, which is more lenient than RFC 6902.
///
/// Source: the library evanphx/json-patch, version 4.
enum WebhookPatch {
    /// Why a patch does not apply, in that library's words.
    struct Obstacle: Error {
        let text: String
    }

    /// `patch` with the values that it left out, which are null.
    static func completed(_ patch: JSONValue) -> JSONValue {
        guard let operations = patch.array else { return patch }
        let completed = operations.map { operation -> JSONValue in
            guard ["add", "replace", "test"].contains(operation["op"]), operation["value"] == nil else {
                return operation
            }
            var operation = operation
            operation["value"] = .null
            return operation
        }
        return .array(completed)
    }

    /// `object` after `patch`.
    ///
    /// To replace a member that is not there adds it.
    static func applying(_ patch: JSONPatch, to object: JSONValue) throws(Obstacle) -> JSONValue {
        var result = object
        for operation in patch.operations {
            do {
                result = try JSONPatch([lenient(operation, in: result)]).applied(to: result)
            } catch {
                throw Obstacle(text: problem(operation, in: result))
            }
        }
        return result
    }

    private static func lenient(_ operation: JSONPatch.Operation, in object: JSONValue) -> JSONPatch.Operation {
        guard case .replace(let path, let value) = operation, object[path] == nil,
            parent(path, in: object)?.object != nil
        else { return operation }
        return .add(path, value)
    }

    private static func parent(_ path: JSONPointer, in object: JSONValue) -> JSONValue? {
        object[JSONPointer(Array(path.tokens.dropLast()))]
    }

    private static func problem(_ operation: JSONPatch.Operation, in object: JSONValue) -> String {
        switch operation {
        case .test(let path, _): return "testing value \(path) failed: test failed"
        case .add(let path, _):
            guard parent(path, in: object) != nil else {
                return "add operation does not apply: doc is missing path: \"\(path)\": missing value"
            }
            let index = path.tokens.last ?? ""
            return
                "error in add for path: '\(path)': Unable to access invalid index: \(index): invalid index referenced"
        case .remove(let path):
            guard parent(path, in: object) != nil else {
                return "remove operation does not apply: doc is missing path: \"\(path)\": missing value"
            }
            let key = path.tokens.last ?? ""
            return "error in remove for path: '\(path)': Unable to remove nonexistent key: \(key): missing value"
        case .replace(let path, _):
            return "replace operation does not apply: doc is missing path: \(path): missing value"
        case .move(let from, _):
            return "move operation does not apply: doc is missing from path: \(from): missing value"
        case .copy(let from, _):
            return "copy operation does not apply: doc is missing from path: \(from): missing value"
        }
    }
}
