import JSON
import Schema

/// What Flagger has and this server has not: it is said, and never passed over in silence.
extension CanaryFacts {
    private static let rule = "not-supported-yet"

    mutating func checkSupport() {
        refuseStrategies()
        refuseReferences()
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
        for name in ["sessionAffinity", "mirrorWeight"] where Self.isSet(name, in: analysis) {
            warn(Self.rule, Self.analysisPath.member(name), analysis[name], "ignored with Contour", "remove it")
        }
        for name in CanarySchema.otherMeshNames where Self.isSet(name, in: service) {
            warn(Self.rule, Self.servicePath.member(name), service[name], "ignored with Contour", "remove it")
        }
        for name in ["ingressRef", "routeRef", "upstreamRef"] where Self.isSet(name, in: spec) {
            warn(Self.rule, Self.specPath.member(name), spec[name], "ignored with Contour", "remove it")
        }
    }

    private mutating func refuseStrategies() {
        let hasWeights = analysis["stepWeight"] != nil || analysis["stepWeights"] != nil
        if let value = analysis["iterations"], (value.int ?? 0) > 0, !hasWeights {
            deny(
                Self.rule,
                Self.analysisPath.member("iterations"),
                value,
                "blue/green and A/B tests are not made, only canaries by weight",
                "write stepWeight instead"
            )
        }
        if Self.isSet("match", in: analysis) {
            deny(
                Self.rule,
                Self.analysisPath.member("match"),
                analysis["match"],
                "A/B tests are not made, only canaries by weight",
                "remove it"
            )
        }
        if analysis["mirror"] == true {
            deny(
                Self.rule,
                Self.analysisPath.member("mirror"),
                true,
                "requests are not copied, and Flagger on Contour would stay at weight 0 for ever",
                "remove it"
            )
        }
        if let value = spec["revertOnDeletion"], value == true {
            deny(
                Self.rule,
                Self.specPath.member("revertOnDeletion"),
                value,
                "the target would stay at 0 replicas when the Canary is deleted",
                "remove it, and scale up the target first"
            )
        }
    }

    private mutating func refuseReferences() {
        if let value = spec["provider"], let name = value.string, !name.isEmpty, name != "contour" {
            deny(
                Self.rule,
                Self.specPath.member("provider"),
                value,
                "only Contour's routes are changed",
                "write contour"
            )
        }
        if let kind = targetKind, kind == "DaemonSet" || kind == "Service" {
            deny(
                Self.rule,
                FieldPath("spec", "targetRef", "kind"),
                .string(kind),
                "only Deployments are rolled out",
                "write Deployment"
            )
        }
        if let value = spec[path: "autoscalerRef", "kind"], value == "ScaledObject" {
            deny(
                Self.rule,
                FieldPath("spec", "autoscalerRef", "kind"),
                value,
                "only HorizontalPodAutoscalers are copied for the primary",
                "write HorizontalPodAutoscaler"
            )
        }
    }
}
