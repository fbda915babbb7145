/// One thing that is wrong with an object, as the webhook, `lint` and the documentation print it.
package struct Finding: Hashable, Sendable {
    /// What follows from it.
    package enum Severity: String, Hashable, Sendable {
        /// The object is refused.
        case deny
        /// The object is let through and the user is told.
        case warn
    }

    /// The rule's stable id: `canary/step-weight-above-max`.
    package let rule: String
    /// What follows.
    package let severity: Severity
    /// The field's path as kubectl writes it: `spec.analysis.stepWeight`, `spec.analysis.metrics[0].name`.
    package let path: String
    /// The value that is wrong, as it stands in the object; nil when it is missing.
    package let value: String?
    /// What is wrong, lower case, one line, no full stop: `more than maxWeight (50)`.
    package let problem: String
    /// What to write instead: `write a stepWeight of 1 to 50`.
    package let remedy: String

    package init(
        rule: String,
        severity: Severity = .deny,
        path: String,
        value: String? = nil,
        problem: String,
        remedy: String
    ) {
        self.rule = rule
        self.severity = severity
        self.path = path
        self.value = value
        self.problem = problem
        self.remedy = remedy
    }

    /// `spec.analysis.stepWeight: 60 is more than maxWeight (50); write … [canary/step-weight-above-max]`.
    package var text: String { "\(path): \(message)" }

    /// The text without the path: what a Status' cause holds as its message.
    package var message: String { "\(problem); \(remedy) [\(rule)]" }
}
