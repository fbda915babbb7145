import HTTP
import HTTPTypes
import JSON
import Kubernetes
import Sandbox
import TestSupport
import Testing

/// A server on an empty cluster with the namespace `test`, and a client of it who may do all.
struct APIFixture {
    let clock = ManualClock()
    let cluster: InMemoryCluster
    let admission = FakeAdmission()
    let server: SandboxAPIServer
    /// What answers as the conversion webhook of any definition.
    let converters: FakeWebhookServer

    init(
        historyLimit: Int = 10_000,
        watchLimit: Int = 10_000,
        converters: FakeWebhookServer = FakeWebhookServer { _, _ in .null }
    ) {
        self.converters = converters
        cluster = InMemoryCluster(clock: clock, historyLimit: historyLimit, watchLimit: watchLimit)
        server = SandboxAPIServer(
            cluster: cluster,
            admission: admission,
            conversion: WebhookConversion { [converters] _, _ in InMemoryTransport(handler: converters) },
            tokens: [
                "root": APIUser(name: "admin", groups: ["system:masters"]),
                "bob": APIUser(name: "bob", groups: ["team"]),
                "robot": APIUser(name: "system:serviceaccount:test:robot", groups: ["system:serviceaccounts"]),
            ],
            clock: clock
        )
        cluster.put(.namespaces, ["apiVersion": "v1", "kind": "Namespace", "metadata": ["name": "test"]])
    }

    /// The answer to a request with a JSON body.
    func send(
        _ method: HTTPRequest.Method,
        _ path: String,
        _ body: JSONValue? = nil,
        type: String = "application/json",
        accept: String = "application/json",
        token: String? = "root",
        fields: HTTPFields = [:]
    ) async -> APIAnswer {
        await send(method, path, bytes: body?.serialized ?? [], type, accept: accept, token: token, fields: fields)
    }

    /// The answer to a request with any body.
    func send(
        _ method: HTTPRequest.Method,
        _ path: String,
        bytes: [UInt8],
        _ type: String,
        accept: String = "application/json",
        token: String? = "root",
        fields: HTTPFields = [:]
    ) async -> APIAnswer {
        var fields = fields
        fields[.accept] = accept
        if !bytes.isEmpty { fields[.contentType] = type }
        if let token { fields[.authorization] = "Bearer \(token)" }
        let head = HTTPRequest(method: method, scheme: nil, authority: nil, path: path, headerFields: fields)
        return APIAnswer(await server.response(to: ServerRequest(head: head, body: bytes)))
    }

    /// A watch at `path`, ready to be read.
    func watch(_ path: String, accept: String = "application/json") async throws -> WatchReading {
        var request = ClientRequest(method: .get, path: path, headerFields: [.accept: accept])
        request.head.headerFields[.authorization] = "Bearer root"
        return WatchReading(try await InMemoryTransport(handler: server).send(request))
    }
}

/// A server's answer, read.
struct APIAnswer {
    let status: Int
    let fields: HTTPFields
    let bytes: [UInt8]

    init(_ response: ServerResponse) {
        status = response.head.status.code
        fields = response.head.headerFields
        if case .bytes(let bytes) = response.body { self.bytes = bytes } else { bytes = [] }
    }

    var text: String { String(decoding: bytes, as: UTF8.self) }

    var json: JSONValue {
        get throws { try JSONValue(parsing: bytes) }
    }

    /// The Status' message.
    var message: String? {
        get throws { try json["message"]?.string }
    }

    var warnings: [String] {
        HTTPField.Name("Warning").map { fields[values: $0] } ?? []
    }
}

/// Reads a watch's lines.
final class WatchReading {
    let contentType: String?
    private var chunks: ClientBody.AsyncIterator

    init(_ response: ClientResponse) {
        contentType = response.head.headerFields[.contentType]
        chunks = response.body.makeAsyncIterator()
    }

    /// The next event; nil when the watch has ended.
    func next() async throws -> JSONValue? {
        guard let chunk = try await chunks.next() else { return nil }
        return try JSONValue(parsing: chunk)
    }

    /// The next event as `ADDED podinfo`.
    func summary() async throws -> String? {
        guard let event = try await next() else { return nil }
        let object = event["object"]
        let name = object?.name ?? ""
        return "\(event["type"]?.string ?? "")\(name.isEmpty ? "" : " \(name)")"
    }
}

/// A Deployment that the real server would take.
func podinfo() -> JSONValue {
    var object = deployment()
    object[path: "spec", "template", "metadata", "labels"] = ["app": "podinfo"]
    return object
}

let deployments = "/apis/apps/v1/namespaces/test/deployments"
let configMaps = "/api/v1/namespaces/test/configmaps"
let tableV1 = "application/json;as=Table;v=v1;g=meta.k8s.io,application/json"
