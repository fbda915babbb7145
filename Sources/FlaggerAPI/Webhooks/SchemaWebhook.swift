package import Admission
import JSON
package import Platform
import Schema

/// Refuses MetricTemplates that are not made as they should be.
///
/// `POST /validate/metrictemplates`.
package struct MetricTemplateValidator: Webhook {
    package let path = "/validate/metrictemplates"
    package let isMutating = false

    /// Fail: an object that nobody has judged must not be stored.
    package let failurePolicy = FailurePolicy.fail

    /// Whether our loop drives the Canaries, which reads no templates; Flagger does where it does not.
    private let isDriving: Bool

    /// The validator of templates for our loop, or for Flagger where `isDriving` is false.
    package init(isDriving: Bool = true) { self.isDriving = isDriving }

    /// What the schema does not allow, and that nothing comes of it yet.
    package func verdict(on request: AdmissionRequest, in view: ClusterView, now: Timestamp) -> Verdict {
        request.verdict(
            by: SchemaValidator(prefix: MetricTemplateSchema.prefix, schema: MetricTemplateSchema.object),
            unread: isDriving ? ("only the builtin metrics are measured", "use those in the Canary") : nil
        )
    }
}

/// Refuses AlertProviders that are not made as they should be.
///
/// `POST /validate/alertproviders`.
package struct AlertProviderValidator: Webhook {
    package let path = "/validate/alertproviders"
    package let isMutating = false

    /// Fail: an object that nobody has judged must not be stored.
    package let failurePolicy = FailurePolicy.fail

    /// Whether our loop drives the Canaries, which sends no alerts; Flagger does where it does not.
    private let isDriving: Bool

    /// The validator of providers for our loop, or for Flagger where `isDriving` is false.
    package init(isDriving: Bool = true) { self.isDriving = isDriving }

    /// What the schema does not allow, and that nothing comes of it yet.
    package func verdict(on request: AdmissionRequest, in view: ClusterView, now: Timestamp) -> Verdict {
        request.verdict(
            by: SchemaValidator(prefix: AlertProviderSchema.prefix, schema: AlertProviderSchema.object),
            unread: isDriving ? ("no alert is sent", "read the Canary's Events") : nil
        )
    }
}

extension AdmissionRequest {
    /// The verdict of a schema, and a warning with these words where the loop reads no object of the kind.
    fileprivate func verdict(by validator: SchemaValidator, unread: (problem: String, remedy: String)?) -> Verdict {
        guard isJudged, let object = judgedObject else { return .allowed }
        var findings = validator.findings(in: object)
        if let unread {
            let rule = "\(validator.prefix)/not-supported-yet"
            let place = FieldPath("kind")
            findings.append(Finding(rule, .warn, at: place, object["kind"], unread.problem, unread.remedy))
        }
        return Verdict(findings: leavesSpec ? findings.map(\.asWarning) : findings)
    }
}
