import Foundation
import HTTP
import HTTPTypes
import JSON
import Platform
import TestSupport
import Testing

/// The review of a new image, with a uid of its own each time, and the answer that is right.
struct SoakReview: Sendable {
    private static let fixture = "Tests/IntegrationTests/Fixtures/deployment-update/review.json"
    private static let path = "/mutate/deployments?timeout=10s"

    /// The right answer without its uid and the time of the request, its patch decoded; nil before it is known.
    private let expected: JSONValue?
    private let before: Substring
    private let after: Substring

    /// The fixture's review in `namespace`, any answer to which is right.
    init(namespace: String) throws {
        let text = try RepositoryFiles.text(Self.fixture)
            .replacing(#""namespace":"test""#, with: #""namespace":"\#(namespace)""#)
        let uid = try #require(text.firstRange(of: "3ab5e21e-0a2c-4f0e-8a64-6f2a5b1c9d37"))
        before = text[..<uid.lowerBound]
        after = text[uid.upperBound...]
        expected = nil
    }

    private init(_ review: SoakReview, expecting expected: JSONValue) {
        before = review.before
        after = review.after
        self.expected = expected
    }

    /// The same review, to which only `answer` is right.
    func expecting(_ answer: JSONValue) -> SoakReview { SoakReview(self, expecting: answer) }

    /// Sends it over `client`.
    ///
    /// - Returns: the answer without what is another each time, and whether it says that the connection ends.
    /// - Throws: what went wrong on the way, or `WrongAnswer`.
    func send(over client: HTTPClient) async throws -> (answer: JSONValue, saysClose: Bool) {
        let uid = UUID().uuidString.lowercased()
        let request = ClientRequest(
            method: .post,
            path: Self.path,
            headerFields: [.contentType: "application/json"],
            body: Array("\(before)\(uid)\(after)".utf8),
            timeout: .seconds(10)
        )
        let response = try await client.send(request)
        let body = try await response.body.collect(upTo: 1 << 20)
        guard response.head.status == .ok else {
            throw WrongAnswer(reason: "\(response.head.status) \(String(decoding: body, as: UTF8.self))")
        }
        let answer = try reduced(JSONValue(parsing: body), uid: uid)
        if let expected, answer != expected { throw WrongAnswer(reason: "\(answer), expected \(expected)") }
        return (answer, response.head.headerFields[.connection] == "close")
    }

    private func reduced(_ answer: JSONValue, uid: String) throws -> JSONValue {
        var answer = answer
        guard answer[path: "response", "uid"] == .string(uid), answer[path: "response", "allowed"] == true else {
            throw WrongAnswer(reason: "\(answer), expected uid \(uid), allowed")
        }
        answer[path: "response", "uid"] = nil
        guard let patch = answer[path: "response", "patch"]?.string else { return answer }
        var operations = try JSONValue(parsing: Base64.decode(patch) ?? []).array ?? []
        let time = "/metadata/annotations/canarygate.dev~1requested-at"
        operations.removeAll { $0["path"] == .string(time) && $0["value"]?.string?.isEmpty == false }
        answer[path: "response", "patch"] = .array(operations)
        return answer
    }
}

/// An answer that is not the right one.
struct WrongAnswer: Error, CustomStringConvertible {
    let reason: String
    var description: String { "wrong answer: \(reason)" }
}
