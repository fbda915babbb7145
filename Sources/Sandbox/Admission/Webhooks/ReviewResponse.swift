import JSON
import Platform

/// What a webhook answered, once it has passed the API server's checks.
struct ReviewResponse: Sendable {
    /// Whether the request goes through.
    let isAllowed: Bool
    /// Why it does not, as the webhook put it.
    let status: JSONValue?
    /// Sentences for the user.
    let warnings: [String]
    /// What to change in the object.
    let patch: JSONPatch

    /// Reads the answer to the review with `uid` that was sent as `version`.
    ///
    /// - Throws: `WebhookFailure`.
    init(decoding bytes: [UInt8], answering uid: String, version: String, isMutating: Bool) throws(WebhookFailure) {
        let review = try Self.parsed(bytes)
        let isStrict = version == "v1"
        if isStrict { try Self.checkKind(review) }
        guard let response = review["response"], response.object != nil else {
            throw .answer("webhook response was absent")
        }
        let answered = try Self.text(response["uid"], "uid") ?? ""
        guard !isStrict || answered == uid else {
            throw .answer("expected response.uid=\"\(uid)\", got \"\(answered)\"")
        }
        switch response["allowed"] {
        case .bool(let flag)?: isAllowed = flag
        case nil, .null?: isAllowed = false
        case let other?: throw Self.wrongType(other, "allowed", "bool")
        }
        status = response["status"]
        warnings = (response["warnings"]?.array ?? []).compactMap(\.string)
        let encoded = try Self.text(response["patch"], "patch") ?? ""
        let type = try Self.text(response["patchType"], "patchType")
        if isStrict { try Self.checkPatch(encoded, type, isMutating: isMutating) }
        guard isMutating, isAllowed, !encoded.isEmpty else {
            patch = JSONPatch()
            return
        }
        patch = try Self.patch(encoded)
        guard type ?? "JSONPatch" == "JSONPatch" else {
            throw WebhookFailure("unsupported patch type \"\(type ?? "")\"")
        }
    }

    // MARK: The review

    private static func parsed(_ bytes: [UInt8]) throws(WebhookFailure) -> JSONValue {
        do {
            return try JSONValue(parsing: bytes)
        } catch {
            throw .call("couldn't get version/kind; json parse error: \(error.summary)")
        }
    }

    private static func checkKind(_ review: JSONValue) throws(WebhookFailure) {
        let version = review["apiVersion"]?.string ?? ""
        let kind = review["kind"]?.string ?? ""
        switch (version, kind) {
        case ("admission.k8s.io/v1", "AdmissionReview"): return
        case ("admission.k8s.io/v1beta1", "AdmissionReview"):
            throw .call("converting (v1beta1.AdmissionReview) to (v1.AdmissionReview): unknown conversion")
        case ("", ""):
            let problem = "expected webhook response of admission.k8s.io/v1, Kind=AdmissionReview, got /, Kind="
            throw .answer(problem)
        default: throw .call("no kind \"\(kind)\" is registered for version \"\(version)\"")
        }
    }

    private static func text(_ value: JSONValue?, _ field: String) throws(WebhookFailure) -> String? {
        switch value {
        case nil, .null?: return nil
        case .string(let text)?: return text
        case let other?: throw wrongType(other, field, "string")
        }
    }

    private static func wrongType(_ value: JSONValue, _ field: String, _ type: String) -> WebhookFailure {
        let place = "Go struct field AdmissionResponse.response.\(field)"
        return .call("json: cannot unmarshal \(value.typeName) into \(place) of type \(type)")
    }

    // MARK: The patch

    private static func checkPatch(
        _ encoded: String,
        _ type: String?,
        isMutating: Bool
    ) throws(WebhookFailure) {
        switch (isMutating, !encoded.isEmpty, type != nil) {
        case (true, true, false): throw .answer("webhook returned response.patch but not response.patchType")
        case (true, false, true): throw .answer("webhook returned response.patchType but not response.patch")
        case (false, true, _): throw .answer("validating webhook may not return response.patch")
        case (false, false, true): throw .answer("validating webhook may not return response.patchType")
        default: return
        }
    }

    private static func patch(_ encoded: String) throws(WebhookFailure) -> JSONPatch {
        guard let bytes = Base64.decode(encoded) else { throw .call("illegal base64 data in response.patch") }
        do {
            let value = try JSONValue(parsing: bytes)
            return value.isNull ? JSONPatch() : try JSONPatch(WebhookPatch.completed(value))
        } catch {
            throw WebhookFailure("received undecodable patch in webhook response: \(Self.line(error))")
        }
    }

    private static func line(_ error: any Error) -> String { (error as? JSONError)?.summary ?? "\(error)" }
}
