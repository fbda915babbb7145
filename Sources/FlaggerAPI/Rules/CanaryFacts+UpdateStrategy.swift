import JSON
import Kubernetes
import Schema

/// How the target's pods, and so the primary's, are replaced.
extension CanaryFacts {
    private static let path = FieldPath("spec", "targetRef", "name")

    mutating func checkUpdateStrategy(_ target: JSONValue) {
        let name = spec[path: "targetRef", "name"]
        switch targetKind {
        case "Deployment" where target[path: "spec", "strategy", "type"] == "Recreate":
            let problem = "Recreate stops the whole primary at each promotion"
            warn("recreate", Self.path, name, problem, "use RollingUpdate")
        case "DaemonSet" where target[path: "spec", "updateStrategy", "type"] == "OnDelete":
            checkOnDelete(target, name)
        default: break
        }
    }

    /// Flagger takes no DaemonSet whose pods are replaced by hand; our loop does, and says what becomes of that.
    private mutating func checkOnDelete(_ target: JSONValue, _ name: JSONValue?) {
        // What the gate has set is not the team's.
        guard target.annotation("canarygate.dev/update-strategy") == nil else { return }
        if isDriven {
            let problem = "the primary rolls by itself, not by OnDelete"
            warn("daemonset-rolls", Self.path, name, problem, "write RollingUpdate")
        } else {
            let problem = "its updateStrategy is OnDelete, which Flagger does not take"
            deny("daemonset-on-delete", Self.path, name, problem, "write RollingUpdate")
        }
    }
}
