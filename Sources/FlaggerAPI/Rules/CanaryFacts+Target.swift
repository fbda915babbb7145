import JSON
import Schema

/// The workload, its names and its autoscaler.
extension CanaryFacts {
    mutating func checkTarget() {
        checkNames()
        checkScaler()
    }

    /// Services are made of the apex name and objects of the target's, each with `-primary` or `-canary` behind it.
    private mutating func checkNames() {
        let targetPath = FieldPath("spec", "targetRef", "name")
        if let name = targetName, let value = spec[path: "targetRef", "name"] {
            if name.utf8.count > 55 {
                deny(
                    "name-too-long",
                    targetPath,
                    value,
                    "longer than 55 characters, so \"-primary\" does not fit behind it",
                    "write a shorter name"
                )
            } else if service["name"] == nil {
                checkServiceName(name, value, targetPath, "set spec.service.name to a name such as")
            }
        }
        guard let value = service["name"], let name = value.string else { return }
        if name.utf8.count > 55 {
            deny(
                "name-too-long",
                Self.servicePath.member("name"),
                value,
                "longer than 55 characters, so \"-primary\" does not fit behind it",
                "write a shorter name"
            )
        }
    }

    private mutating func checkServiceName(_ name: String, _ value: JSONValue, _ path: FieldPath, _ advice: String) {
        let format = StringFormat.dnsLabel
        guard StringFormat.dnsSubdomain.accepts(name), !format.accepts(name) else { return }
        let suggestion = name.replacing(".", with: "-")
        deny(
            "name-no-service-name",
            path,
            value,
            "can't name a Service, which begins with a letter and has no dots",
            "\(advice) \(format.accepts(suggestion) ? suggestion : "app-\(suggestion)")"
        )
    }

    private mutating func checkScaler() {
        let replicas = spec[path: "autoscalerRef", "primaryScalerReplicas"]
        guard let least = replicas?["minReplicas"]?.int, let most = replicas?["maxReplicas"]?.int, least > most,
            let value = replicas?["minReplicas"]
        else { return }
        deny(
            "scaler-replicas",
            FieldPath("spec", "autoscalerRef", "primaryScalerReplicas", "minReplicas"),
            value,
            "more than maxReplicas (\(most))",
            "write a minReplicas of 1 to \(most)"
        )
    }
}
