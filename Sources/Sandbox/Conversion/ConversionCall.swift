import JSON

/// A ConversionReview about one object, and what may be answered to it.
///
/// Source: apiextensions-apiserver, `pkg/apiserver/conversion/webhook_converter.go`.
struct ConversionCall {
    private let object: JSONValue
    private let apiVersion: String
    private let uid: String
    /// `v1` or `v1beta1`.
    private let version: String

    /// Asks for `object` in `apiVersion` under `uid`; `webhook` is `spec.conversion.webhook` of the definition.
    init(_ object: JSONValue, to apiVersion: String, uid: String, webhook: JSONValue) throws(WebhookFailure) {
        let versions = (webhook["conversionReviewVersions"]?.array ?? []).compactMap(\.string)
        guard let version = versions.first(where: { ["v1", "v1beta1"].contains($0) }) else {
            throw WebhookFailure("webhook does not accept known ConversionReview versions (v1, v1beta1)")
        }
        self.object = object
        self.apiVersion = apiVersion
        self.uid = uid
        self.version = version
    }

    private var reviewVersion: String { "apiextensions.k8s.io/\(version)" }

    /// The review, with the empty `response` that Go's encoder writes.
    var body: [UInt8] {
        let review: JSONValue = [
            "kind": "ConversionReview", "apiVersion": .string(reviewVersion),
            "request": [
                "uid": .string(uid), "desiredAPIVersion": .string(apiVersion), "objects": [object],
            ],
            "response": ["uid": "", "convertedObjects": .null, "result": ["metadata": .object(JSONObject())]],
        ]
        return ReviewRequest.encoded(review)
    }

    /// The converted object in an answer's `body`, with the metadata that it had but for labels and annotations.
    func answer(in body: [UInt8]) throws(WebhookFailure) -> JSONValue {
        let review: JSONValue
        do { review = try JSONValue(parsing: body) } catch {
            throw WebhookFailure("couldn't get version/kind; json parse error: \(error.summary)")
        }
        let (found, kind) = (review["apiVersion"]?.string ?? "", review["kind"]?.string ?? "")
        guard found == reviewVersion, kind == "ConversionReview" else {
            let expected = "\(reviewVersion), Kind=ConversionReview"
            throw WebhookFailure("expected webhook response of \(expected), got \(found), Kind=\(kind)")
        }
        guard let response = review["response"], response.object != nil else {
            throw WebhookFailure("no response provided")
        }
        let answered = response["uid"]?.string ?? ""
        guard answered == uid else { throw WebhookFailure("expected response.uid=\"\(uid)\", got \"\(answered)\"") }
        try checkResult(response["result"])
        let objects = response["convertedObjects"]?.array ?? []
        guard let converted = objects.first, objects.count == 1 else {
            throw WebhookFailure("returned \(objects.count) objects, expected 1")
        }
        try check(converted)
        return restored(converted)
    }

    private func checkResult(_ result: JSONValue?) throws(WebhookFailure) {
        let status = result?["status"]?.string ?? ""
        guard status != "Success" else { return }
        let message = result?["message"]?.string ?? ""
        throw WebhookFailure(message.isEmpty ? "response.result.status was '\(status)', not 'Success'" : message)
    }

    private func check(_ converted: JSONValue) throws(WebhookFailure) {
        let invalid = "returned invalid object at index 0"
        let found = converted["apiVersion"]?.string ?? ""
        guard found == apiVersion else {
            throw WebhookFailure("\(invalid): invalid groupVersion (expected \(apiVersion), received \(found))")
        }
        let (wanted, kind) = (object["kind"]?.string ?? "", converted["kind"]?.string ?? "")
        guard kind == wanted else {
            throw WebhookFailure("\(invalid): invalid kind (expected \(wanted), received \(kind))")
        }
        guard converted["metadata"]?.object != nil else {
            throw WebhookFailure("returned invalid metadata in object at index 0: missing metadata")
        }
        for (field, name) in [("name", "name"), ("namespace", "namespace"), ("uid", "UID")] {
            let old = object[path: "metadata", field]?.string ?? ""
            let new = converted[path: "metadata", field]?.string ?? ""
            guard old == new else {
                throw WebhookFailure("returned invalid object: must have the same \(name): \(old) != \(new)")
            }
        }
    }

    private func restored(_ converted: JSONValue) -> JSONValue {
        var metadata = object["metadata"] ?? .object(JSONObject())
        for field in ["labels", "annotations"] {
            let value = converted[path: "metadata", field]
            if value != nil || metadata[field] != nil { metadata[field] = value }
        }
        var result = converted
        result["metadata"] = metadata
        return result
    }
}
