import JSON
import Platform

/// The answer to a review, ready to be written.
struct AdmissionAnswer {
    /// Whether the request goes through.
    var isAllowed: Bool
    /// What to change; nil for nothing.
    var patch: JSONPatch?
    /// Sentences for the user.
    var warnings: [String] = []
    /// Why it does not go through: code, reason, message, details.
    var status: JSONValue?

    /// The review that answers `review`, with its apiVersion and the uid of its request.
    func encoded(answering review: AdmissionReview) -> [UInt8] {
        let patch = isAllowed ? patch?.serialized ?? [] : []
        var bytes: [UInt8] = []
        bytes.reserveCapacity(256 + patch.count / 3 * 4)
        bytes += #"{"apiVersion":"#.utf8
        JSONValue.string(review.apiVersion).append(to: &bytes)
        bytes += #","kind":"AdmissionReview","response":{"uid":"#.utf8
        JSONValue.string(review.request.uid).append(to: &bytes)
        bytes += isAllowed ? #","allowed":true"#.utf8 : #","allowed":false"#.utf8
        if !patch.isEmpty {
            bytes += #","patchType":"JSONPatch","patch":""#.utf8
            Base64.append(patch, to: &bytes)
            bytes.append(UInt8(ascii: "\""))
        }
        if let status, !isAllowed {
            bytes += #","status":"#.utf8
            status.append(to: &bytes)
        }
        if !warnings.isEmpty {
            bytes += #","warnings":"#.utf8
            JSONValue.array(warnings.map { .string($0) }).append(to: &bytes)
        }
        bytes += "}}\n".utf8
        return bytes
    }
}
