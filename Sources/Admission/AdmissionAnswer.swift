import JSON
import Platform

/// The answer to a review, ready to be written.
struct AdmissionAnswer {
    /// Whether the request goes through.
    let isAllowed: Bool
    /// What to change; nil for nothing.
    var patch: JSONPatch?
    /// Sentences for the user.
    var warnings: [String] = []
    /// Why it does not go through: code, reason, message, details.
    var status: JSONValue?

    init(isAllowed: Bool, warnings: [String] = []) {
        self.isAllowed = isAllowed
        self.warnings = warnings
    }

    /// The answer where the webhook failed, with the id under which the log tells of it.
    init(failing policy: FailurePolicy, on request: AdmissionRequest) {
        self.init(isAllowed: policy == .ignore)
        // An id from elsewhere: the API server's has 36 characters.
        let id = OneLine.cut(request.uid, to: 40)
        switch policy {
        case .ignore: warnings = ["not judged: internal error in canarygate, its log has \(id)"]
        case .fail:
            status = [
                "code": 500, "reason": "InternalError",
                "message": .string("internal error in canarygate, nothing was changed; its log has \(id)"),
            ]
        }
    }

    /// The review that answers `review`, with its apiVersion and the uid of its request.
    func encoded(answering review: AdmissionReview) -> [UInt8] {
        var bytes: [UInt8] = []
        // The stamps of a gate are some 110 bytes each.
        bytes.reserveCapacity(256 + 160 * (patch?.operations.count ?? 0))
        bytes.append(raw: #"{"apiVersion":"#)
        bytes.append(quoted: review.apiVersion)
        bytes.append(raw: #","kind":"AdmissionReview","response":{"uid":"#)
        bytes.append(quoted: review.request.uid)
        bytes.append(raw: isAllowed ? #","allowed":true"# : #","allowed":false"#)
        if let patch, isAllowed {
            bytes.append(raw: #","patchType":"JSONPatch","patch":""#)
            patch.withSerialized { text in Base64.append(text, to: &bytes) }
            bytes.append(UInt8(ascii: "\""))
        }
        if let status, !isAllowed {
            bytes.append(raw: #","status":"#)
            status.append(to: &bytes)
        }
        if !warnings.isEmpty {
            bytes.append(raw: #","warnings":"#)
            JSONValue.array(warnings.map { .string($0) }).append(to: &bytes)
        }
        bytes.append(raw: "}}\n")
        return bytes
    }
}
