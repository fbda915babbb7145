import JSON
import Schema

/// What Flagger has and this server has not: it is said, and never passed over in silence.
extension CanaryFacts {
    private static let rule = "not-supported-yet"

    mutating func checkSupport() {
        checkStrategies()
        refuseReferences()
        checkKinds()
        for (value, path) in metrics {
            for key in ["templateRef", "query"] where Self.isSet(key, in: value) {
                deny(
                    Self.rule,
                    path.member(key),
                    value[key],
                    "only the builtin metrics are measured",
                    "use request-success-rate or request-duration"
                )
            }
        }
        warnOfUnread()
        for (value, path) in webhooks where value["type"] == "event" {
            warn(Self.rule, path.member("type"), value["type"], "event hooks are not called", "read the Events")
        }
        if Self.isSet("alerts", in: analysis) {
            warn(
                Self.rule,
                Self.analysisPath.member("alerts"),
                analysis["alerts"],
                "no alert is sent",
                "read the Events"
            )
        }
        let router = usesServicesAlone ? "plain Services" : "Contour"
        let unread = usesServicesAlone ? ["timeout", "retries", "match"] : []
        for name in CanarySchema.otherMeshNames + unread where Self.isSet(name, in: service) {
            warn(Self.rule, Self.servicePath.member(name), service[name], "ignored with \(router)", "remove it")
        }
        for name in ["ingressRef", "routeRef", "upstreamRef"] where Self.isSet(name, in: spec) {
            warn(Self.rule, Self.specPath.member(name), spec[name], "ignored with \(router)", "remove it")
        }
    }

    /// Fields that mean something in another place alone.
    private mutating func warnOfUnread() {
        for (value, path) in metrics where Self.isSet("templateVariables", in: value) {
            guard !Self.isSet("templateRef", in: value) else { continue }
            let name = "templateVariables"
            warn(Self.rule, path.member(name), value[name], "no template reads them", "remove it")
        }
        if Self.isSet("unmanagedMetadata", in: service) {
            let name = "unmanagedMetadata"
            warn(
                Self.rule,
                Self.servicePath.member(name),
                service[name],
                "what others write is kept anyway",
                "remove it"
            )
        }
        let scaler = spec["autoscalerRef"] ?? .null
        if Self.isSet("primaryScalerQueries", in: scaler), scaler["kind"] != "ScaledObject" {
            let name = "primaryScalerQueries"
            warn(Self.rule, FieldPath("spec", "autoscalerRef", name), scaler[name], "for KEDA alone", "remove it")
        }
        for (name, kind, version) in [
            ("targetRef", "Deployment", "apps/v1"), ("autoscalerRef", "HorizontalPodAutoscaler", "autoscaling/v2"),
        ] {
            guard spec[path: name, "kind"]?.string == kind, let value = spec[path: name, "apiVersion"],
                let text = value.string, text != version
            else { continue }
            warn("reference-version", FieldPath("spec", name, "apiVersion"), value, "read as \(version)", "write that")
        }
    }

    private mutating func refuseReferences() {
        if let value = spec["provider"], let name = value.string, !name.isEmpty, CanaryProvider(rawValue: name) == nil {
            deny(
                Self.rule,
                Self.specPath.member("provider"),
                value,
                "only Contour's HTTPProxy and plain Services are driven",
                "write contour or kubernetes"
            )
        }
    }
}
