/// A body that is no AdmissionReview, or ConversionReview, that can be answered.
package struct AdmissionError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What it should have been: `AdmissionReview`.
    package let review: String
    /// The member in which the fault is (`request.uid`); empty for the body itself.
    package let subject: String
    /// What was wrong, and what was expected: `missing, expected a string`.
    package let reason: String

    /// `decode AdmissionReview request.uid: missing, expected a string`.
    package var description: String {
        "decode \(review)\(subject.isEmpty ? "" : " \(subject)"): \(reason)"
    }

    package init(review: String = "AdmissionReview", subject: String, reason: String) {
        self.review = review
        self.subject = subject
        self.reason = reason
    }
}
