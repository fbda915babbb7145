import Schema

/// One thing that is looked for: its rule, and what Contour makes of it.
struct ProxyCheck: Sendable {
    /// The rule's id without `httpproxy/`.
    let rule: String
    /// What follows.
    let severity: Finding.Severity
    /// What Contour leaves undone.
    let reach: ProxyFault.Reach
    /// Contour's condition; nil where it says nothing.
    let reported: ReportedCondition?

    private init(
        _ rule: String,
        _ severity: Finding.Severity,
        _ reach: ProxyFault.Reach,
        _ reported: ReportedCondition?
    ) {
        self.rule = rule
        self.severity = severity
        self.reach = reach
        self.reported = reported
    }

    /// One that Contour reports, and for which the object is refused.
    init(_ rule: String, _ reach: ProxyFault.Reach, _ type: String, _ reason: String) {
        self.init(rule, .deny, reach, type, reason)
    }

    /// One that Contour reports.
    init(
        _ rule: String,
        _ severity: Finding.Severity,
        _ reach: ProxyFault.Reach,
        _ type: String,
        _ reason: String
    ) {
        let reported = ReportedCondition(controller: "Contour", type: type, reason: reason)
        self.init(rule, severity, reach, reported)
    }

    /// One that Contour says nothing about.
    init(silent rule: String, _ severity: Finding.Severity = .deny) { self.init(rule, severity, .unreported, nil) }

    /// The same with another condition.
    func reporting(_ type: String, _ reason: String) -> ProxyCheck { ProxyCheck(rule, severity, reach, type, reason) }

    /// The same with another reason of the same type.
    func reporting(_ reason: String) -> ProxyCheck {
        ProxyCheck(rule, severity, reach, reported?.type ?? "", reason)
    }

    /// The same with another reach.
    func reaching(_ reach: ProxyFault.Reach) -> ProxyCheck { ProxyCheck(rule, severity, reach, reported) }

    /// The same where Contour does not get to see it, as the API server refuses it before.
    var silent: ProxyCheck { ProxyCheck(silent: rule, severity) }
}
