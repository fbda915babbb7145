package import Admission
import FlaggerAPI
import JSON
import Kubernetes

/// What the Canaries' statuses say, as metrics.
///
/// They are read when they are asked for, so that they are right after a restart and go with the Canary. There may be ten
/// thousand Canaries, so the text is written straight, without a series for each.
package enum CanaryGauges {
    private struct Family: Sendable {
        let name: String
        let help: String
        /// The value and further labels of a Canary; nil for none.
        let sample: @Sendable (JSONValue?) -> (labels: String, value: String)?
    }

    private static let families = [
        Family(name: "canarygate_canary_phase", help: "1 for the phase that the canary is in.") { status in
            guard let name = status?["phase"]?.string, let phase = CanaryPhase(rawValue: name), phase != .new else {
                return nil
            }
            return (",phase=\"\(phase.rawValue)\"", "1")
        },
        Family(name: "canarygate_canary_weight", help: "The canary's share of the traffic in percent.") { status in
            ("", String(status?["canaryWeight"]?.int ?? 0))
        },
        Family(
            name: "canarygate_canary_failed_checks",
            help: "Failed checks of the revision under analysis."
        ) { status in
            ("", String(status?["failedChecks"]?.int ?? 0))
        },
    ]

    /// The gauges of the Canaries in `view`, in Prometheus' text format.
    package static func exposition(of view: ClusterView) -> String {
        let canaries = view.objects(.canaries).map {
            (namespace: $0.namespace ?? "", name: $0.name, status: $0["status"])
        }
        .sorted { ($0.namespace, $0.name) < ($1.namespace, $1.name) }
        var text = ""
        for family in families {
            text += "# HELP \(family.name) \(family.help)\n# TYPE \(family.name) gauge\n"
            for canary in canaries {
                guard let (labels, value) = family.sample(canary.status) else { continue }
                // Names of objects hold nothing that would have to be escaped.
                text += "\(family.name){namespace=\"\(canary.namespace)\",name=\"\(canary.name)\"\(labels)} \(value)\n"
            }
        }
        return text
    }
}
