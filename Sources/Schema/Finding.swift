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
    /// What follows for those who rely on the object, a clause after "so": `requests to /api get 503`; nil where the
    /// problem says it all.
    package let effect: String?
    /// What the controller that acts on the object would report; nil where it reports nothing.
    package let reported: ReportedCondition?

    package init(
        rule: String,
        severity: Severity = .deny,
        path: String,
        value: String? = nil,
        problem: String,
        remedy: String,
        effect: String? = nil,
        reported: ReportedCondition? = nil
    ) {
        self.rule = rule
        self.severity = severity
        self.path = path
        self.value = value
        self.problem = problem
        self.remedy = remedy
        self.effect = effect
        self.reported = reported
    }

    /// The same with another severity.
    package func with(_ severity: Severity) -> Finding { copy(severity: severity, path: path) }

    /// The same at another path.
    package func at(_ path: String) -> Finding { copy(severity: severity, path: path) }

    private func copy(severity: Severity, path: String) -> Finding {
        Finding(
            rule: rule,
            severity: severity,
            path: path,
            value: value,
            problem: problem,
            remedy: remedy,
            effect: effect,
            reported: reported
        )
    }

    /// `spec.analysis.stepWeight: 60 is more than maxWeight (50); write … [canary/step-weight-above-max]`.
    package var text: String { "\(path): \(message)" }

    /// The text without the path: what a Status' cause holds as its message.
    package var message: String { "\(account); \(remedy) [\(rule)]" }

    /// What is wrong, what follows, and what the controller reports:
    /// `the route does nothing, so all routes of this object are dropped (Contour: RouteError/RouteActionCountNotValid)`.
    package var account: String {
        problem + (effect.map { ", so \($0)" } ?? "") + (reported.map { " (\($0))" } ?? "")
    }
}
