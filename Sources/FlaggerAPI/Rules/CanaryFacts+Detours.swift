import JSON
import Schema

/// Strategies of Flagger's on Contour that do not do what they say.
extension CanaryFacts {
    private var hasIterations: Bool { (analysis["iterations"]?.int ?? 0) > 0 }

    mutating func checkDetours() {
        checkMirror()
        guard usesContour else { return }
        let hasMatch = Self.isSet("match", in: analysis)
        if hasMatch, !hasIterations {
            warn(
                "match-without-iterations",
                Self.analysisPath.member("match"),
                analysis["match"],
                "only these requests are divided",
                "write iterations"
            )
        }
        if hasIterations, !hasMatch { checkLoad() }
    }

    /// A blue/green test on Contour has the requests that a hook sends, and no others.
    mutating func checkLoad() {
        let senders = ["", "rollout", "pre-rollout"]
        guard !webhooks.contains(where: { senders.contains($0.value["type"]?.string ?? "") }),
            metrics.contains(where: { Self.builtin.contains($0.value["name"]?.string ?? "") })
        else { return }
        warn(
            "no-load",
            Self.analysisPath.member("iterations"),
            analysis["iterations"],
            "no hook sends requests that could be measured",
            "add a load test"
        )
    }

    private mutating func checkMirror() {
        guard usesContour || usesServicesAlone else { return }
        let path = Self.analysisPath.member("mirror")
        if analysis["mirror"] == true, usesContour {
            if hasIterations {
                warn("mirror-ignored", path, true, "Flagger copies no requests on Contour", "remove it")
            } else {
                deny(
                    "mirror-stalls",
                    path,
                    true,
                    "Flagger copies no requests on Contour, and would stay at weight 0 for ever",
                    "remove it"
                )
            }
        }
        guard let value = analysis["mirrorWeight"], !value.isNull else { return }
        let weightPath = Self.analysisPath.member("mirrorWeight")
        warn("mirror-ignored", weightPath, value, "Flagger copies no requests on Contour", "remove it")
    }
}
