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

    package init() {}

    /// What the schema does not allow.
    package func verdict(on request: AdmissionRequest, in view: ClusterView, now: Timestamp) -> Verdict {
        request.verdict(by: SchemaValidator(prefix: MetricTemplateSchema.prefix, schema: MetricTemplateSchema.object))
    }
}

/// Refuses AlertProviders that are not made as they should be.
///
/// `POST /validate/alertproviders`.
package struct AlertProviderValidator: Webhook {
    package let path = "/validate/alertproviders"
    package let isMutating = false

    package init() {}

    /// What the schema does not allow.
    package func verdict(on request: AdmissionRequest, in view: ClusterView, now: Timestamp) -> Verdict {
        request.verdict(by: SchemaValidator(prefix: AlertProviderSchema.prefix, schema: AlertProviderSchema.object))
    }
}

extension AdmissionRequest {
    /// The verdict of a schema alone.
    fileprivate func verdict(by validator: SchemaValidator) -> Verdict {
        guard isJudged, let object = judgedObject else { return .allowed }
        let findings = validator.findings(in: object)
        return Verdict(findings: leavesSpec ? findings.map(\.asWarning) : findings)
    }
}
