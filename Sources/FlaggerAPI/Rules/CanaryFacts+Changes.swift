import JSON
import Schema

/// What may not be changed, or is not read again, once a Canary's objects are made.
extension CanaryFacts {
    /// Fields of `spec.service` that go into the HTTPProxy when it is made; after that it is the team's.
    private static let routeFields = ["timeout", "retries", "match"]

    /// Fields of `spec.service` that go into the Services when they are made.
    private static let serviceFields = ["headless", "trafficDistribution"]

    /// Those that Flagger brings up to date.
    private static let metadataFields = ["apex", "primary", "canary"]

    /// The phases in which traffic is divided.
    private static let runningPhases = ["Progressing", "WaitingPromotion", "Promoting"]

    /// Compares with `stored`, the Canary as it is; before its first phase nothing is made yet.
    mutating func checkChanges(from stored: CanaryFacts) {
        let phase = stored.phase
        guard !["", "Terminating", "Terminated"].contains(phase) else { return }
        refuseAnotherTarget(stored)
        let apex = stored.apexName ?? ""
        if apexName != stored.apexName, targetName == stored.targetName {
            deny(
                "service-name-fixed",
                Self.servicePath.member("name"),
                service["name"],
                "Services and HTTPProxy are named \(apex), and would be left with the traffic",
                "write \(apex), or delete the Canary and create it anew"
            )
        }
        refuseAnotherProvider(stored, apex)
        checkPorts(stored, apex)
        if isDriven { warnOfUnread(Self.routeFields, stored, "HTTPProxy \(apex) is not made again", "edit it too") }
        let serviceFields = isDriven ? Self.metadataFields + Self.serviceFields : Self.serviceFields
        warnOfUnread(serviceFields, stored, "the Services are not made again", "edit them too")
        guard Self.runningPhases.contains(phase) else { return }
        checkRunning(stored)
    }

    /// The old target's primary would be left with the traffic, and its canary's pods without a gate.
    private mutating func refuseAnotherTarget(_ stored: CanaryFacts) {
        for (key, old, new) in [
            ("kind", stored.targetKind, targetKind), ("name", stored.targetName, targetName),
        ] where old != new {
            deny(
                "target-fixed",
                FieldPath("spec", "targetRef", key),
                spec[path: "targetRef", key],
                "the traffic is on \(stored.targetName ?? "")-primary, which would be left alone with it",
                "write \(old ?? ""), or delete the Canary and create another"
            )
        }
    }

    /// Nobody would move the weights of the HTTPProxy any more, whatever they are.
    private mutating func refuseAnotherProvider(_ stored: CanaryFacts, _ apex: String) {
        guard isDriven, stored.usesContour, usesServicesAlone else { return }
        deny(
            "provider-fixed",
            Self.specPath.member("provider"),
            spec["provider"],
            "HTTPProxy \(apex) divides the traffic, and would be left with the weights that it has",
            "write contour, or delete the Canary and create it anew"
        )
    }

    /// The Services follow at once, but neither the HTTPProxy nor the pods that serve.
    private mutating func checkPorts(_ stored: CanaryFacts, _ apex: String) {
        if isDriven, let old = stored.service["port"]?.int, let value = service["port"], value.int != old {
            deny(
                "port-fixed",
                Self.servicePath.member("port"),
                value,
                "HTTPProxy \(apex) leads to port \(old), and would find no Service there",
                "write \(old), or delete the Canary and create it anew"
            )
        }
        if let value = service["targetPort"], value != stored.service["targetPort"] {
            warn(
                "target-port-at-once",
                Self.servicePath.member("targetPort"),
                value,
                "holds for the primary's pods at once",
                "name a port in the pods"
            )
        }
    }

    /// What a run does not take well while it divides the traffic.
    private mutating func checkRunning(_ stored: CanaryFacts) {
        if spec["suspend"] == true, stored.spec["suspend"] != true {
            warn("suspended-mid-run", Self.specPath.member("suspend"), true, "the traffic stays split", "end the run")
        }
        guard !isDriven else { return }
        if usesContour {
            for name in Self.routeFields + ["port"]
            where service[name] ?? .null != stored.service[name] ?? .null {
                warn(
                    "weights-reset",
                    Self.servicePath.member(name),
                    service[name],
                    "Flagger sets the weights back to 0",
                    "wait for the end of the run"
                )
            }
        }
        checkLiveWeight(stored)
    }

    /// From a weight that is not in the list Flagger goes to all of the traffic.
    private mutating func checkLiveWeight(_ stored: CanaryFacts) {
        guard stored.phase != "Promoting", let value = analysis["stepWeights"],
            let weights = value.array?.compactMap(\.int), let most = weights.last,
            let live = stored.object[path: "status", "canaryWeight"]?.int, live > 0, live < most,
            !weights.contains(live)
        else { return }
        deny(
            "live-weight-missing",
            Self.analysisPath.member("stepWeights"),
            value,
            "the canary has \(live) percent now, and from a weight that is not in the list Flagger goes to 100",
            "keep \(live) in the list until the run has ended"
        )
    }

    private mutating func warnOfUnread(_ names: [String], _ stored: CanaryFacts, _ problem: String, _ remedy: String) {
        for name in names where service[name] ?? .null != stored.service[name] ?? .null {
            warn("read-once", Self.servicePath.member(name), service[name], problem, remedy)
        }
    }
}
