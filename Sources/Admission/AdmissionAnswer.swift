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
        let patch = isAllowed ? patch?.serialized ?? [] : []
        var bytes: [UInt8] = []
        bytes.reserveCapacity(256 + patch.count / 3 * 4)
        bytes.append(raw: #"{"apiVersion":"#)
        JSONValue.string(review.apiVersion).append(to: &bytes)
        bytes.append(raw: #","kind":"AdmissionReview","response":{"uid":"#)
        JSONValue.string(review.request.uid).append(to: &bytes)
        bytes.append(raw: isAllowed ? #","allowed":true"# : #","allowed":false"#)
        if !patch.isEmpty {
            bytes.append(raw: #","patchType":"JSONPatch","patch":""#)
            Base64.append(patch, to: &bytes)
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
