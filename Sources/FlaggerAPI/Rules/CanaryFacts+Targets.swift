import JSON
import Kubernetes
import Schema

/// What our loop cannot do with targets that are no Deployments, and with autoscalers.
extension CanaryFacts {
    private static let rule = "not-supported-yet"

    mutating func checkKinds() {
        switch targetKind {
        case "DaemonSet": refuseScaler("a DaemonSet has a pod on each node and is not scaled")
        case "Service": checkServiceTarget()
        default: break
        }
    }

    /// A Service is copied as it is for the primary and the revision, and its pods are nobody's here.
    private mutating func checkServiceTarget() {
        refuseScaler("a Service is not scaled")
        if usesServicesAlone {
            deny(
                Self.rule,
                Self.specPath.member("provider"),
                spec["provider"],
                "the copies of a Service have selectors of their own, of which none can be switched",
                "write contour"
            )
        }
        if let value = service["name"], let name = value.string, let target = targetName, name != target {
            deny(
                Self.rule,
                Self.servicePath.member("name"),
                value,
                "a target of kind Service is the one that users call",
                "write \(target), or leave it out"
            )
        }
        if service["portDiscovery"] == true {
            deny(
                Self.rule,
                Self.servicePath.member("portDiscovery"),
                true,
                "a Service has no containers whose ports could be found",
                "remove it"
            )
        }
    }

    private mutating func refuseScaler(_ problem: String) {
        guard let value = spec["autoscalerRef"], !value.isNull else { return }
        deny(Self.rule, Self.specPath.member("autoscalerRef"), value, problem, "remove it")
    }
}
