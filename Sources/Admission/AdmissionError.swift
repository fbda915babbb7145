/// A body that is no AdmissionReview that can be answered.
package struct AdmissionError: Error, Hashable, Sendable, CustomStringConvertible {
    /// The member in which the fault is (`request.uid`); empty for the body itself.
    package let subject: String
    /// What was wrong, and what was expected: `missing, expected a string`.
    package let reason: String

    /// `decode AdmissionReview request.uid: missing, expected a string`.
    package var description: String {
        "decode AdmissionReview\(subject.isEmpty ? "" : " \(subject)"): \(reason)"
    }

    package init(subject: String, reason: String) {
        self.subject = subject
        self.reason = reason
    }
}
