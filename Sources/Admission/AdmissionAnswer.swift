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
        var bytes: [UInt8] = []
        bytes.reserveCapacity(512)
        bytes += #"{"apiVersion":"#.utf8
        bytes += JSONValue.string(review.apiVersion).serialized
        bytes += #","kind":"AdmissionReview","response":{"uid":"#.utf8
        bytes += JSONValue.string(review.request.uid).serialized
        bytes += #","allowed":\#(isAllowed)"#.utf8
        if let patch, isAllowed, !patch.isEmpty {
            bytes += #","patchType":"JSONPatch","patch":"\#(Base64.encode(patch.value.serialized))""#.utf8
        }
        if let status, !isAllowed {
            bytes += #","status":"#.utf8
            bytes += status.serialized
        }
        if !warnings.isEmpty {
            bytes += #","warnings":"#.utf8
            bytes += JSONValue.array(warnings.map { .string($0) }).serialized
        }
        bytes += "}}\n".utf8
        return bytes
    }
}
