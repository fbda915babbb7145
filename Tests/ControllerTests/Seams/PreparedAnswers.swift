import Analysis
import FlaggerAPI
import HTTP
import HTTPTypes
import JSON
import Platform

/// Gives the same answer to every request and keeps what it was asked.
final class PreparedAnswers: HTTPHandler {
    private let answer: ServerResponse
    private let asked = Locked<[ServerRequest]>([])

    init(_ status: Int, _ body: String) {
        answer = ServerResponse(status: .init(code: status), body: .bytes(Array(body.utf8)))
    }

    /// What was asked.
    var requests: [ServerRequest] { asked.withLock { $0 } }

    func response(to request: ServerRequest) async -> ServerResponse {
        asked.withLock { $0.append(request) }
        return answer
    }
}

/// A server that is not there.
struct NobodyThere: HTTPTransport {
    func send(_ request: ClientRequest) async throws -> ClientResponse {
        throw HTTPError(code: .unreachable, operation: "connect to hooks.test:80", reason: "connection refused")
    }
}
