import JSON
import Schema

/// What becomes of a Canary with the router that Flagger takes for it.
extension CanaryFacts {
    /// Flagger's name for the router; empty where the Canary names none.
    var provider: String { spec["provider"]?.string ?? "" }

    /// Whether Contour routes: for our loop where it does not go by Services, and beside Flagger where nothing else is said.
    var usesContour: Bool {
        isDriven ? !usesServicesAlone : provider == "contour" || (provider.isEmpty && !namesAnotherRouter)
    }

    /// Whether there are fields that only routers other than Contour's read: Flagger may go by its own flag then.
    private var namesAnotherRouter: Bool {
        CanarySchema.otherMeshNames.contains { Self.isSet($0, in: service) }
            || Self.routerReferences.contains { Self.isSet($0, in: spec) }
    }

    /// Whether there are but Services, which know no weights.
    var usesServicesAlone: Bool { provider == "kubernetes" }

    private static let routerReferences = ["ingressRef", "routeRef", "upstreamRef"]

    mutating func checkProvider() {
        if provider.isEmpty {
            warn(
                "provider-missing",
                Self.specPath.member("provider"),
                spec["provider"],
                "Flagger goes by its flag -mesh-provider, istio by default",
                "write contour"
            )
        }
        checkKnative()
        if usesServicesAlone { refuseWeights() }
        guard usesContour || usesServicesAlone || provider.isEmpty else { return }
        let router = usesServicesAlone ? "Services" : "Contour"
        var unread = CanarySchema.otherMeshNames.map { (Self.servicePath.member($0), service[$0], service) }
        unread += Self.routerReferences.map { (Self.specPath.member($0), spec[$0], spec) }
        if !hasSameCookies {
            unread.append((Self.analysisPath.member("sessionAffinity"), analysis["sessionAffinity"], analysis))
        }
        if usesServicesAlone {
            unread += ["timeout", "retries", "match"].map { (Self.servicePath.member($0), service[$0], service) }
        }
        for (path, value, owner) in unread where Self.isSet(path.tokens.last ?? "", in: owner) {
            warn("ignored-by-provider", path, value, "ignored by Flagger's router for \(router)", "remove it")
        }
    }

    /// Flagger logs the mismatch and never looks at the Canary again.
    private mutating func checkKnative() {
        let isKnative = isKnativeTarget
        guard isKnative != (provider == "knative") else { return }
        deny(
            "knative-pair",
            Self.specPath.member("provider"),
            spec["provider"],
            isKnative
                ? "the target is a Knative Service, which Flagger rolls out with the provider knative alone"
                : "goes with a Knative Service as target alone, and Flagger would never look at this Canary",
            isKnative ? "write knative" : "write contour, or a targetRef of serving.knative.dev/v1 and kind Service"
        )
    }

    private var isKnativeTarget: Bool {
        targetKind == "Service"
            && spec[path: "targetRef", "apiVersion"]?.string?.hasPrefix("serving.knative.dev/") == true
    }

    /// A selector leads to all of the pods or to none.
    mutating func refuseWeights() {
        let others = isDriven ? ["stepWeightsPromotion", "sessionAffinity"] : []
        for name in ["match", "stepWeight", "stepWeights", "stepWeightPromotion", "mirror"] + others
        where Self.isSet(name, in: analysis) {
            deny(
                "kubernetes-weights",
                Self.analysisPath.member(name),
                analysis[name],
                isDriven
                    ? "the provider kubernetes has Services alone, which lead to one revision or the other"
                    : "the provider kubernetes has Services alone, so Flagger drops it and makes 10 iterations of its own",
                "write iterations and remove it"
            )
        }
    }

    /// What the queries of builtin metrics find for targets other than Deployments.
    mutating func checkTargetKind() {
        let kind = targetKind
        let isService = kind == "Service" && !isKnativeTarget
        if isService, let value = service["name"], let name = value.string, let target = targetName, name != target {
            deny(
                "service-target-name",
                Self.servicePath.member("name"),
                value,
                "the route would lead to Services of this name, which are not made for a target of kind Service",
                "write \(target), or leave it out"
            )
        }
        let isBlind = kind == "DaemonSet" && usesServicesAlone
        guard isBlind || (isService && provider != "istio") else { return }
        let remedy = "measure by a MetricTemplate, with templateRef"
        for (value, metricPath) in metrics {
            guard let name = value["name"], Self.builtin.contains(name.string ?? "") else { continue }
            let path = metricPath.member("name")
            if isBlind {
                let problem = "for a DaemonSet Flagger's query finds the primary's pods, not the new ones"
                deny("daemonset-metric", path, name, problem, remedy)
            } else {
                let problem = "for a target of kind Service Flagger asks for Istio's numbers"
                deny("service-target-metric", path, name, problem, remedy)
            }
        }
    }
}
