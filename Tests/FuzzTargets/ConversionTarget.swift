import Admission
import FlaggerAPI
import HTTP
import HTTPTypes
import JSON
import Kubernetes
import Platform
import TestSupport

/// ConversionReviews: each is answered with its uid and all of its objects, or with none and a reason; what is converted
/// there and back is what it was.
///
/// Anything else is refused with a Status. Bytes that are JSON but no review are taken for the object of one, or for its objects.
enum ConversionTarget {
    private static let converter = CanaryConverter()
    private static let handler = ConversionHandler(
        converters: [converter],
        clock: ManualClock(),
        next: AdmissionHandler(webhooks: [], view: { ClusterView() }, clock: ManualClock())
    )

    static func run(_ bytes: [UInt8]) throws {
        for version in converter.apiVersions {
            let body = wrapped(bytes, version) ?? bytes
            let (status, text) = try ask(body)
            guard let answer = try? JSONValue(parsing: text) else {
                throw BrokenInvariant(description: "the answer is no JSON")
            }
            switch status {
            case 200: try check(answer, to: try JSONValue(parsing: body))
            case 400:
                try hold(answer["kind"] == "Status" && answer["code"] == 400, "400 without Status")
                try hold(answer["message"]?.string?.isEmpty == false, "400 without words")
            default: throw BrokenInvariant(description: "status \(status)")
            }
        }
    }

    /// The handler's answer, which it gives without ever suspending.
    private static func ask(_ body: [UInt8]) throws -> (status: Int, body: [UInt8]) {
        var head = HTTPRequest(method: .post, scheme: "https", authority: "localhost", path: converter.path)
        head.headerFields[.contentType] = "application/json"
        let request = ServerRequest(head: head, body: body)
        let answer = Locked<ServerResponse?>(nil)
        Task.immediate {
            let response = await handler.response(to: request)
            answer.withLock { $0 = response }
        }
        guard let response = answer.withLock({ $0 }) else {
            throw BrokenInvariant(description: "the handler suspended")
        }
        guard case .bytes(let bytes) = response.body else {
            throw BrokenInvariant(description: "the answer is streamed")
        }
        return (response.head.status.code, bytes)
    }

    private static func check(_ answer: JSONValue, to question: JSONValue) throws {
        let response = answer["response"] ?? .null
        try hold(answer["apiVersion"] == question["apiVersion"], "another version of the review")
        try hold(response["uid"] == question[path: "request", "uid"], "another uid")
        let objects = question[path: "request", "objects"]?.array ?? []
        let converted = response["convertedObjects"]?.array ?? []
        guard response[path: "result", "status"] == "Success" else {
            let message = response[path: "result", "message"]?.string ?? ""
            try hold(converted.isEmpty && !message.isEmpty, "a failure with objects, or without words")
            try hold(!message.hasPrefix("internal error"), message)
            return
        }
        try hold(converted.count == objects.count, "\(converted.count) objects for \(objects.count)")
        for (object, converted) in zip(objects, converted) {
            try hold(
                converted["apiVersion"] == question[path: "request", "desiredAPIVersion"],
                "in \(converted["apiVersion"]?.text ?? "no version")"
            )
            let version = object["apiVersion"]?.string ?? ""
            let back = try converter.converted(converted, to: version)
            try hold(plain(back) == plain(object), "\(object.text) came back as \(back.text)")
        }
    }

    /// `object` without what the conversion keeps for itself, and without what the API server leaves out.
    private static func plain(_ object: JSONValue) -> JSONValue {
        var object = object
        for version in ["v1alpha3", "v1beta1"] {
            object[path: "metadata", "annotations", "canarygate.dev/\(version)"] = nil
        }
        let annotations = object[path: "metadata", "annotations"]
        if annotations?.isNull == true || annotations?.object?.isEmpty == true {
            object[path: "metadata", "annotations"] = nil
        }
        return object
    }

    /// A review that wants the objects in the bytes in `version`; nil when they are a review or no JSON.
    private static func wrapped(_ bytes: [UInt8], _ version: String) -> [UInt8]? {
        guard let value = try? JSONValue(parsing: bytes), value["request"] == nil else { return nil }
        let request: JSONValue = [
            "uid": "fuzz", "desiredAPIVersion": .string(version), "objects": .array(value.array ?? [value]),
        ]
        let review: JSONValue = [
            "kind": "ConversionReview", "apiVersion": "apiextensions.k8s.io/v1", "request": request,
        ]
        return review.serialized
    }
}
