import HTTP
import HTTPTypes
import JSON
import Platform

/// A server of webhooks that answers as a closure says and keeps what it was sent.
final class FakeWebhookServer: HTTPHandler {
    /// Answers a request that held this review; the review is null when the body was none.
    typealias Answer = @Sendable (ServerRequest, JSONValue) -> ServerResponse

    private let received = Locked<[(target: String, body: [UInt8], review: JSONValue)]>([])
    private let answer: Answer

    init(_ answer: @escaping Answer) { self.answer = answer }

    /// A server that answers with these members of `response`, by path and review; uid and the rest are added.
    convenience init(response: @escaping @Sendable (String, JSONValue) -> JSONValue) {
        self.init { request, review in
            var members = response(String(request.path), review)
            members["uid"] = review[path: "request", "uid"]
            return Self.json(["apiVersion": review["apiVersion"] ?? "", "kind": "AdmissionReview", "response": members])
        }
    }

    /// The reviews in the order in which they came.
    var reviews: [JSONValue] { received.withLock { $0.map(\.review) } }

    /// The bodies in the order in which they came.
    var bodies: [String] { received.withLock { $0.map { String(decoding: $0.body, as: UTF8.self) } } }

    /// The request targets in the order in which they came.
    var targets: [String] { received.withLock { $0.map(\.target) } }

    func response(to request: ServerRequest) async -> ServerResponse {
        let review: JSONValue
        do { review = try JSONValue(parsing: request.body) } catch { review = .null }
        received.withLock { $0.append((request.head.path ?? "", request.body, review)) }
        return answer(request, review)
    }

    /// 200 with `value`.
    static func json(_ value: JSONValue) -> ServerResponse {
        ServerResponse(status: .ok, contentType: "application/json", body: .bytes(value.serialized))
    }
}
