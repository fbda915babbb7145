import HTTP
import HTTPTypes
import JSON
import Kubernetes
import Platform

/// Answers requests with prepared answers in order and keeps what was asked.
final class ScriptedServer: HTTPHandler {
    private let answers: Locked<[ServerResponse]>
    private let requests = Locked<[ServerRequest]>([])

    /// A server that answers `answers`, then 500.
    init(_ answers: [ServerResponse]) { self.answers = Locked(answers) }

    func response(to request: ServerRequest) async -> ServerResponse {
        requests.withLock { $0.append(request) }
        return answers.withLock { answers in
            answers.isEmpty ? ServerResponse(status: .internalServerError) : answers.removeFirst()
        }
    }

    /// What was asked.
    var received: [ServerRequest] { requests.withLock { $0 } }

    /// `GET /api/v1/pods` of each request.
    var lines: [String] { received.map { "\($0.head.method.rawValue) \($0.head.path ?? "")" } }

    /// A client of this server.
    func client(clock: any WallClock = SystemClock(), basePath: String = "") -> KubernetesClient {
        KubernetesClient(
            transport: InMemoryTransport(handler: self),
            basePath: basePath,
            clock: clock,
            jitter: { 0 }
        )
    }
}

/// A transport that fails a few times before it passes requests on.
final class FailingTransport: HTTPTransport {
    private let failures: Locked<[HTTPError]>
    private let inner: any HTTPTransport
    private let requests = Locked<[ClientRequest]>([])

    init(_ failures: [HTTPError], then inner: any HTTPTransport) {
        self.failures = Locked(failures)
        self.inner = inner
    }

    /// How many requests were sent.
    var sent: Int { requests.withLock { $0.count } }

    /// The last request.
    var last: ClientRequest? { requests.withLock { $0.last } }

    func send(_ request: ClientRequest) async throws -> ClientResponse {
        requests.withLock { $0.append(request) }
        let failure = failures.withLock { failures in failures.isEmpty ? nil : failures.removeFirst() }
        if let failure { throw failure }
        return try await inner.send(request)
    }
}

extension ServerResponse {
    /// `value` as JSON.
    static func json(_ value: JSONValue, status: HTTPResponse.Status = .ok) -> ServerResponse {
        ServerResponse(status: status, contentType: "application/json", body: .bytes(value.serialized))
    }

    /// A Status with its code.
    static func failure(
        _ code: Int,
        _ reason: String,
        _ message: String,
        retryAfter: String? = nil
    ) -> ServerResponse {
        let status: JSONValue = [
            "kind": "Status", "apiVersion": "v1", "status": "Failure", "message": .string(message),
            "reason": .string(reason), "code": .number(JSONNumber(code)),
        ]
        var fields = HTTPFields()
        fields[.retryAfter] = retryAfter
        return ServerResponse(
            status: HTTPResponse.Status(code: code),
            contentType: "application/json",
            headerFields: fields,
            body: .bytes(status.serialized)
        )
    }

    /// A body in these pieces.
    static func pieces(_ pieces: [String]) -> ServerResponse {
        ServerResponse(
            status: .ok,
            contentType: "application/json",
            body: .stream { writer in for piece in pieces { try await writer.write(Array(piece.utf8)) } }
        )
    }
}
