import HTTP
import HTTPTypes
import JSON
import TestSupport

/// Calls as kubectl makes them, changed at random places from a seed.
struct CallMutations {
    private struct Call {
        let method: HTTPRequest.Method
        let path: String
        var type = "application/json"
        var body: JSONValue?
    }

    private var random: SeededValues

    init(seed: UInt64) { random = SeededValues(seed: seed) }

    private static let widgets = "/apis/a.example/v1/namespaces/test/widgets"
    private static let definitions = "/apis/apiextensions.k8s.io/v1/customresourcedefinitions"
    private static let scale: JSONValue = [
        "metadata": ["name": "podinfo", "namespace": "test"], "spec": ["replicas": 3],
    ]
    private static let widget: JSONValue = [
        "apiVersion": "a.example/v1", "kind": "Widget", "metadata": ["name": "podinfo"],
        "spec": ["weights": [1, 2], "metrics": [["name": "a", "threshold": 1]]],
    ]
    private static let copies: JSONValue = [
        ["op": "copy", "from": "/metadata/labels", "path": "/metadata/annotations"],
        ["op": "add", "path": "/spec/template/spec/containers/-", "value": ["name": "b", "image": "b"]],
        ["op": "test", "path": "/spec/replicas", "value": 2], ["op": "move", "from": "/spec/replicas", "path": "/x"],
    ]

    private static let calls: [Call] = [
        Call(method: .get, path: deployments), Call(method: .get, path: "/apis"), Call(method: .get, path: "/api/v1"),
        Call(method: .get, path: "\(deployments)/podinfo/scale"), Call(method: .get, path: "/apis/apps/v1"),
        Call(method: .get, path: "\(deployments)?labelSelector=app+in+(a,b),c!%3Dd&limit=5&continue=x"),
        Call(method: .get, path: "/api/v1/pods?fieldSelector=metadata.name%3Dpodinfo,status.phase!%3DRunning"),
        Call(method: .get, path: "\(deployments)?watch=true&resourceVersion=5&timeoutSeconds=60"),
        Call(method: .get, path: "/api/v1/events?watch=1&sendInitialEvents=true&resourceVersionMatch=NotOlderThan"),
        Call(method: .post, path: "\(deployments)?fieldManager=kubectl", body: podinfo()),
        Call(method: .put, path: "\(deployments)/podinfo", body: podinfo()),
        Call(method: .post, path: "/api/v1/namespaces/test/services", body: service("podinfo", app: "podinfo")),
        Call(method: .post, path: widgets, body: widget), Call(method: .put, path: "\(widgets)/podinfo", body: widget),
        Call(method: .post, path: definitions, body: DefinitionTests.definition),
        Call(method: .put, path: "\(deployments)/podinfo/scale", body: scale),
        Call(method: .put, path: "\(deployments)/podinfo/status", body: podinfo()),
        patch("merge-patch+json", podinfo()), patch("strategic-merge-patch+json", podinfo()),
        patch("apply-patch+yaml", podinfo()), patch("json-patch+json", copies),
        Call(method: .delete, path: "\(deployments)/podinfo", body: ["propagationPolicy": "Foreground"]),
        Call(method: .delete, path: "\(configMaps)?dryRun=All"),
        Call(
            method: .post,
            path: "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews",
            body: ["spec": ["resourceAttributes": ["verb": "get", "resource": "pods"]]]
        ),
    ]

    private static func patch(_ type: String, _ body: JSONValue) -> Call {
        Call(method: .patch, path: "\(deployments)/podinfo?fieldManager=me", type: "application/\(type)", body: body)
    }

    private mutating func below(_ limit: Int) -> Int { Int.random(in: 0..<limit, using: &random) }

    /// The next call.
    mutating func next() -> ClientRequest {
        let call = Self.calls[below(Self.calls.count)]
        var fields: HTTPFields = [.authorization: "Bearer root", .accept: below(4) == 0 ? tableV1 : "application/json"]
        fields[.contentType] = below(12) == 0 ? "application/vnd.kubernetes.protobuf" : call.type
        let method = below(15) == 0 ? HTTPRequest.Method.patch : call.method
        var body = call.body.map { changed($0).serialized } ?? []
        if !body.isEmpty, below(8) == 0 { body[below(body.count)] = UInt8(below(256)) }
        let path = below(3) == 0 ? changed(call.path) : call.path
        return ClientRequest(method: method, path: path, headerFields: fields, body: body)
    }

    /// A path with a few characters changed, left out or repeated.
    private mutating func changed(_ path: String) -> String {
        let pieces = ["/", "%", "%2F", "%00", "?", "&", "=", "(", ",", "!", "..", "status", "scale", "namespaces", "ä"]
        var characters = Array(path).map(String.init)
        for _ in 0...below(3) where characters.count > 1 {
            let place = 1 + below(characters.count - 1)
            switch below(3) {
            case 0: characters.remove(at: place)
            case 1: characters.insert(pieces[below(pieces.count)], at: place)
            default: characters.insert(characters[below(characters.count)], at: place)
            }
        }
        return characters.joined()
    }

    /// A body with numbers at the ends of their range, and members of other kinds.
    private mutating func changed(_ body: JSONValue) -> JSONValue {
        let value = below(3) == 0 ? random.changed(body, depth: 3) : body
        return below(2) == 0 ? withExtremes(value) : value
    }

    private mutating func withExtremes(_ value: JSONValue) -> JSONValue {
        let extremes: [JSONValue] = [
            .number(JSONNumber(Int.max)), .number(JSONNumber(Int.min)), .number(JSONNumber(1e300)), -1, 0, "",
            "92233720368547758.07",
        ]
        switch value {
        case .object(let members):
            var object = JSONObject()
            for member in members { object[member.key] = withExtremes(member.value) }
            return .object(object)
        case .array(let elements): return .array(elements.map { withExtremes($0) })
        default: return below(6) == 0 ? extremes[below(extremes.count)] : value
        }
    }
}
