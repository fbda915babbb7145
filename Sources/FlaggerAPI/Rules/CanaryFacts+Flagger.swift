import JSON
import Schema

/// What Flagger gets wrong, and our loop does not.
extension CanaryFacts {
    mutating func checkForFlagger() {
        checkProvider()
        checkTargetKind()
        checkDetours()
        checkDurationUnits()
        checkRetryDefault()
        for (value, path) in metrics where value.object != nil { checkOwnMetric(value, path) }
        checkAlertSeverities()
        checkNamespaces()
        for name in ["stepWeightsPromotion", "pauses"] where Self.isSet(name, in: analysis) {
            deny(
                "ours-alone",
                Self.analysisPath.member(name),
                analysis[name],
                "Flagger knows no such field, and would pass it over in silence",
                "remove it"
            )
        }
    }

    /// Flagger's CRD looks at the beginning of a duration alone, and wants whole minutes or seconds there.
    private mutating func checkDurationUnits() {
        var places = [(analysis["interval"], Self.analysisPath.member("interval"))]
        places += metrics.map { ($0.value["interval"], $0.path.member("interval")) }
        places += webhooks.map { ($0.value["timeout"], $0.path.member("timeout")) }
        for (value, path) in places {
            guard let value, let text = value.string, let duration = Self.duration(text), duration > .zero else {
                continue
            }
            let unit = text.drop { ("0"..."9").contains($0) }.first
            guard ("0"..."9").contains(text.first ?? "-"), unit == "m" || unit == "s" else {
                let seconds = max(1, Int(duration.components.seconds))
                deny(
                    "duration-units",
                    path,
                    value,
                    "Flagger's CRD refuses it, as it takes whole minutes or seconds alone",
                    "write \(seconds % 60 == 0 ? "\(seconds / 60)m" : "\(seconds)s")"
                )
                continue
            }
        }
    }

    /// Flagger writes the conditions into the HTTPProxy also where there are none.
    private mutating func checkRetryDefault() {
        guard usesContour, let retries = service["retries"], retries.object != nil,
            (retries["retryOn"]?.string ?? "").isEmpty
        else { return }
        deny(
            "retry-on-required",
            Self.servicePath.member("retries").member("retryOn"),
            nil,
            "Flagger writes an empty condition, for which Contour's CRD refuses the HTTPProxy when the target is at 0",
            "write conditions such as connect-failure,reset"
        )
    }

    /// The single bound of a metric of one's own is a maximum.
    private mutating func checkOwnMetric(_ metric: JSONValue, _ path: FieldPath) {
        guard Self.isSet("templateRef", in: metric) || Self.isSet("query", in: metric),
            (metric["thresholdRange"] ?? .null).isNull, let value = metric["threshold"]
        else { return }
        warn("threshold-is-maximum", path.member("threshold"), value, "read as the maximum", "write thresholdRange")
    }

    /// Flagger takes an empty severity for one that is below every message.
    private mutating func checkAlertSeverities() {
        for (value, path) in alerts where value["severity"] == "" {
            warn("alert-never-sent", path.member("severity"), value["severity"], "never sent", "write info")
        }
    }

    /// Flagger looks at the namespaces of references when a Canary is first seen alone.
    private mutating func checkNamespaces() {
        guard settings.refusesForeignNamespaces else { return }
        let references =
            metrics.map { ($0.value["templateRef"], $0.path.member("templateRef")) }
            + alerts.map { ($0.value["providerRef"], $0.path.member("providerRef")) }
        for (reference, path) in references {
            guard let value = reference?["namespace"], let name = value.string, name != namespace else { continue }
            deny(
                "cross-namespace",
                path.member("namespace"),
                value,
                "another namespace than the Canary's, to which references are not allowed here",
                "copy the object into \(namespace) and leave namespace out"
            )
        }
    }
}
