import Admission
import HTTP
import HTTPTypes
import JSON
import Kubernetes
import Platform
import TestSupport

/// Reviews: every webhook answers each with a review of its uid, or the whole is refused with a Status.
///
/// Bytes that are JSON but no review are taken for the object of one, or for its old and its new object.
enum ReviewTarget {
    private static let handler = AdmissionHandler(
        webhooks: ReviewCluster.webhooks,
        view: { ReviewCluster.view },
        clock: ManualClock()
    )

    static func run(_ bytes: [UInt8]) throws {
        let body = wrapped(bytes) ?? bytes
        for webhook in ReviewCluster.webhooks {
            let (status, answer) = try ask(webhook.path, body)
            try hold(try ask(webhook.path, body) == (status, answer), "\(webhook.path): asked twice, two answers")
            guard let value = try? JSONValue(parsing: answer) else {
                throw BrokenInvariant(description: "\(webhook.path): the answer is no JSON")
            }
            switch status {
            case 200: try check(value, to: body, from: webhook)
            case 400:
                try hold(value["kind"] == "Status" && value["code"] == 400, "\(webhook.path): 400 without Status")
                try hold(value["message"]?.string?.isEmpty == false, "\(webhook.path): 400 without words")
            default: throw BrokenInvariant(description: "\(webhook.path): status \(status)")
            }
        }
    }

    /// The handler's answer, which it gives without ever suspending.
    private static func ask(_ path: String, _ body: [UInt8]) throws -> (status: Int, body: [UInt8]) {
        var head = HTTPRequest(method: .post, scheme: "https", authority: "localhost", path: path)
        head.headerFields[.contentType] = "application/json"
        let request = ServerRequest(head: head, body: body)
        let answer = Locked<ServerResponse?>(nil)
        Task.immediate {
            let response = await handler.response(to: request)
            answer.withLock { $0 = response }
        }
        guard let response = answer.withLock({ $0 }) else {
            throw BrokenInvariant(description: "\(path): the handler suspended")
        }
        guard case .bytes(let bytes) = response.body else {
            throw BrokenInvariant(description: "\(path): the answer is streamed")
        }
        return (response.head.status.code, bytes)
    }

    private static func check(_ answer: JSONValue, to body: [UInt8], from webhook: any Webhook) throws {
        let question = try JSONValue(parsing: body)
        let response = answer["response"] ?? .null
        try hold(answer["kind"] == "AdmissionReview", "\(webhook.path): no review")
        try hold(answer["apiVersion"] == question["apiVersion"], "\(webhook.path): another version")
        try hold(response["uid"] == question[path: "request", "uid"], "\(webhook.path): another uid")
        guard let isAllowed = response["allowed"]?.bool else {
            throw BrokenInvariant(description: "\(webhook.path): neither allowed nor denied")
        }
        let code = response[path: "status", "code"]?.int
        try hold(isAllowed ? code == nil : code == 403 || code == 422, "\(webhook.path): denied with \(code ?? 0)")
        let message = response[path: "status", "message"]?.string
        try hold(isAllowed || message?.isEmpty == false, "\(webhook.path): denied without words")
        for warning in response["warnings"]?.array ?? [] {
            let scalars = warning.string?.unicodeScalars ?? "\n".unicodeScalars
            try hold(
                scalars.count <= 120 && !scalars.contains { $0.properties.generalCategory == .control },
                "\(webhook.path): the warning \(warning)"
            )
        }
        if let patch = response["patch"] { try check(patch: patch, isAllowed: isAllowed, question, webhook) }
    }

    /// A patch can be applied, and the object that it makes needs none.
    private static func check(
        patch: JSONValue,
        isAllowed: Bool,
        _ question: JSONValue,
        _ webhook: any Webhook
    ) throws {
        try hold(webhook.isMutating && isAllowed, "\(webhook.path): a patch where none may be")
        guard let bytes = patch.string.flatMap({ Base64.decode($0) }) else {
            throw BrokenInvariant(description: "\(webhook.path): the patch is no Base64")
        }
        let operations = try JSONPatch(try JSONValue(parsing: bytes))
        let object = question[path: "request", "object"] ?? .null
        var second = question
        second[path: "request", "object"] = try operations.applied(to: object)
        let again = try JSONValue(parsing: try ask(webhook.path, second.serialized).body)
        try hold(again[path: "response", "patch"] == nil, "\(webhook.path): what it has patched it patches again")
    }

    /// A review of the object, or of the old and the new one, that the bytes hold; nil when they are a review or no JSON.
    private static func wrapped(_ bytes: [UInt8]) -> [UInt8]? {
        guard let value = try? JSONValue(parsing: bytes), value["request"] == nil else { return nil }
        let objects = value.array ?? [value]
        guard let object = objects.last else { return nil }
        let type = ReviewCluster.types.first { $0.kind == object["kind"]?.string } ?? .canaries
        let group = JSONValue.string(type.group)
        var request: JSONValue = [
            "uid": "fuzz", "operation": objects.count > 1 ? "UPDATE" : "CREATE",
            "kind": ["group": group, "version": .string(type.version), "kind": .string(type.kind)],
            "resource": ["group": group, "version": .string(type.version), "resource": .string(type.plural)],
            "namespace": "test", "userInfo": ["username": "ada"], "object": object,
        ]
        request["name"] = object[path: "metadata", "name"]
        if objects.count > 1 { request["oldObject"] = objects[0] }
        let review: JSONValue = [
            "kind": "AdmissionReview", "apiVersion": "admission.k8s.io/v1", "request": request,
        ]
        return review.serialized
    }
}
