import Admission
import HTTP
import HTTPTypes
import JSON

/// Puts `size` where `v1` has `length`, and cannot convert what is blue.
struct WidgetConverter: VersionConverter {
    let path = "/convert/widgets"
    let apiVersions = ["a.example/v1", "a.example/v2"]
    /// What is done to the converted object besides.
    var spoil: @Sendable (inout JSONValue) throws -> Void = { _ in }

    func converted(_ object: JSONValue, to apiVersion: String) throws -> JSONValue {
        guard object[path: "spec", "color"] != "blue" else {
            throw ConversionRefusal(object, to: apiVersion, "blue, expected another color")
        }
        var object = object
        object["apiVersion"] = .string(apiVersion)
        object[path: "spec", "size"] = object[path: "spec", "length"]
        object[path: "spec", "length"] = nil
        try spoil(&object)
        return object
    }
}

/// Answers whatever a ConversionHandler hands on.
struct Behind: HTTPHandler {
    func response(to request: ServerRequest) async -> ServerResponse {
        ServerResponse(status: .ok, contentType: "text/plain", body: .bytes(Array("behind".utf8)))
    }
}

/// Bodies of ConversionReviews.
enum ConversionFixtures {
    /// One as the API server sends it, with these objects and its empty response.
    static func review(
        _ objects: [JSONValue],
        to version: String = "a.example/v2",
        in apiVersion: String = "apiextensions.k8s.io/v1"
    ) -> JSONValue {
        [
            "kind": "ConversionReview", "apiVersion": .string(apiVersion),
            "request": ["uid": "u-1", "desiredAPIVersion": .string(version), "objects": .array(objects)],
            "response": ["uid": "", "convertedObjects": .null, "result": ["metadata": [:]]],
        ]
    }

    static func widget(_ name: String, color: String = "red") -> JSONValue {
        [
            "apiVersion": "a.example/v1", "kind": "Widget", "metadata": ["name": .string(name), "namespace": "test"],
            "spec": ["length": 3, "color": .string(color)],
        ]
    }
}

/// Asks a ConversionHandler and reads its answer.
struct ConversionAsked {
    let status: Int
    let body: String

    init(
        _ body: [UInt8],
        _ converter: WidgetConverter = WidgetConverter(),
        method: HTTPRequest.Method = .post,
        path: String = "/convert/widgets?timeout=30s",
        contentType: String = "application/json",
        observe: @escaping @Sendable (ConversionObservation) -> Void = { _ in }
    ) async {
        let handler = ConversionHandler(
            converters: [converter],
            clock: TickingClock(),
            observe: observe,
            next: Behind()
        )
        var head = HTTPRequest(method: method, scheme: "https", authority: "localhost", path: path)
        head.headerFields[.contentType] = contentType
        let response = await handler.response(to: ServerRequest(head: head, body: body))
        status = response.head.status.code
        guard case .bytes(let bytes) = response.body else {
            self.body = "streamed"
            return
        }
        self.body = String(decoding: bytes, as: UTF8.self)
    }

    init(_ review: JSONValue, _ converter: WidgetConverter = WidgetConverter()) async {
        await self.init(review.serialized, converter)
    }

    func json() throws -> JSONValue { try JSONValue(parsing: body) }
}
