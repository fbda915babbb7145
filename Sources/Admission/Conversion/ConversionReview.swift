package import JSON

/// What the API server sends to a conversion webhook: objects of one kind that it wants in another version.
///
/// Source: apiextensions.k8s.io/v1 ConversionReview; v1beta1 has the same members.
package struct ConversionReview: Sendable {
    /// `apiextensions.k8s.io/v1` or `apiextensions.k8s.io/v1beta1`; the answer has to name the same.
    package let apiVersion: String
    /// The call's id.
    package let uid: String
    /// The version that is wanted, with its group: `flagger.app/v1beta1`.
    package let desiredAPIVersion: String
    /// The objects, whole.
    package let objects: [JSONCursor]

    /// Reads a review from JSON without making trees of the objects in it; the `response` that the API server sends
    /// along, empty, is passed over.
    ///
    /// - Throws: `AdmissionError` that names the member which is missing or wrong.
    package init(decoding bytes: [UInt8]) throws(AdmissionError) {
        do {
            try self.init(reading: try AdmissionReview.parse(bytes))
        } catch {
            throw AdmissionError(review: Self.kind, subject: error.subject, reason: error.reason)
        }
    }

    static let kind = "ConversionReview"

    private static let versions = ["apiextensions.k8s.io/v1", "apiextensions.k8s.io/v1beta1"]

    private init(reading root: JSONCursor) throws(AdmissionError) {
        guard let kind = root["kind"]?.string, kind == Self.kind else {
            throw AdmissionError(
                subject: "kind",
                reason: "\(AdmissionReview.shown(root["kind"])), expected \(Self.kind)"
            )
        }
        guard let version = root["apiVersion"]?.string, Self.versions.contains(version) else {
            let found = AdmissionReview.shown(root["apiVersion"])
            let expected = Self.versions.joined(separator: " or ")
            throw AdmissionError(subject: "apiVersion", reason: "\(found), expected \(expected)")
        }
        guard let request = AdmissionReview.present(root["request"]) else {
            throw AdmissionError(subject: "request", reason: "missing, expected an object")
        }
        apiVersion = version
        uid = try AdmissionRequest.uid(request)
        desiredAPIVersion = try AdmissionRequest.text(request["desiredAPIVersion"], "request.desiredAPIVersion")
        objects = try Self.objects(AdmissionReview.present(request["objects"]))
    }

    private static func objects(_ list: JSONCursor?) throws(AdmissionError) -> [JSONCursor] {
        guard let list else { throw AdmissionError(subject: "request.objects", reason: "missing, expected an array") }
        guard let elements = list.elements else {
            throw AdmissionError(subject: "request.objects", reason: "of type \(list.typeName), expected an array")
        }
        var objects: [JSONCursor] = []
        for element in elements {
            guard element.isObject else {
                let subject = "request.objects[\(objects.count)]"
                throw AdmissionError(subject: subject, reason: "of type \(element.typeName), expected an object")
            }
            objects.append(element)
        }
        return objects
    }
}
