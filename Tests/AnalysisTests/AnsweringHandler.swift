import HTTP
import HTTPTypes
import Platform

/// Gives prepared answers in turn, the last one for ever, and keeps what it was asked.
final class AnsweringHandler: HTTPHandler {
    private let answers: [ServerResponse]
    private let asked = Locked<[ServerRequest]>([])

    init(_ answers: [(status: Int, body: String)]) {
        self.answers = answers.map {
            ServerResponse(status: .init(code: $0.status), body: .bytes(Array($0.body.utf8)))
        }
    }

    init(_ answers: [ServerResponse]) { self.answers = answers }

    var requests: [ServerRequest] { asked.withLock { $0 } }

    func response(to request: ServerRequest) async -> ServerResponse {
        let index = asked.withLock { requests in
            requests.append(request)
            return requests.count - 1
        }
        return answers[min(index, answers.count - 1)]
    }
}

/// A connection that cannot be made.
struct UnreachableTransport: HTTPTransport {
    func send(_ request: ClientRequest) async throws -> ClientResponse {
        throw HTTPError(code: .unreachable, operation: "connect to hook.test:80", reason: "connection refused")
    }
}

/// Sleeps take no time and are written down.
final class RecordingClock: WallClock {
    private let slept = Locked<[Duration]>([])

    var sleeps: [Duration] { slept.withLock { $0 } }

    func now() -> Timestamp { Timestamp(seconds: 0) }

    func sleep(for duration: Duration) async throws { slept.withLock { $0.append(duration) } }
}
