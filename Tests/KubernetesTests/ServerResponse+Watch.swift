import HTTP
import HTTPTypes
import JSON

extension ServerResponse {
    /// A watch's line about an object of this name and version.
    static func line(_ type: String, _ name: String, _ version: String, _ value: String = "1") -> String {
        var object = configMap(of: name, value)
        object[path: "metadata", "resourceVersion"] = .string(version)
        return event(type, object)
    }

    /// A watch's line.
    static func event(_ type: String, _ object: JSONValue) -> String {
        let event: JSONValue = ["type": .string(type), "object": object]
        return event.text + "\n"
    }

    /// The line that ends a streamed state.
    static func endOfState(_ version: String) -> String {
        event(
            "BOOKMARK",
            [
                "kind": "ConfigMap", "apiVersion": "v1",
                "metadata": [
                    "resourceVersion": .string(version),
                    "annotations": ["k8s.io/initial-events-end": "true"],
                ],
            ]
        )
    }

    /// A watch that says this much and then nothing more.
    static func silent(after lines: [String]) -> ServerResponse {
        ServerResponse(
            status: .ok,
            contentType: "application/json",
            body: .stream { writer in
                for line in lines { try await writer.write(Array(line.utf8)) }
                let (never, continuation) = AsyncStream<Void>.makeStream()
                for await _ in never {}
                continuation.finish()
            }
        )
    }

    /// A list of ConfigMaps, each a name and a version.
    static func list(_ objects: [(String, String)], version: String, token: String? = nil) -> ServerResponse {
        let items = objects.map { name, version -> JSONValue in
            var object = configMap(of: name, "1")
            object[path: "metadata", "resourceVersion"] = .string(version)
            return object
        }
        var metadata: JSONValue = ["resourceVersion": .string(version)]
        if let token { metadata["continue"] = .string(token) }
        return .json(["kind": "ConfigMapList", "apiVersion": "v1", "metadata": metadata, "items": .array(items)])
    }

    private static func configMap(of name: String, _ value: String) -> JSONValue {
        [
            "metadata": ["name": .string(name), "namespace": "test", "uid": .string("uid-\(name)")],
            "data": ["value": .string(value)],
        ]
    }
}
