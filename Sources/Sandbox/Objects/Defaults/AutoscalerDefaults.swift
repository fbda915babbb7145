import JSON

/// The defaults of a HorizontalPodAutoscaler.
enum AutoscalerDefaults {
    static func complete(_ spec: inout JSONValue, version: String) {
        spec.fill("minReplicas", 1)
        guard version == "v2" else { return }
        if spec["metrics"]?.array?.isEmpty ?? true {
            let target: JSONValue = ["type": "Utilization", "averageUtilization": 80]
            spec["metrics"] = [["type": "Resource", "resource": ["name": "cpu", "target": target]]]
        }
        spec.change("behavior") { behavior in
            for direction in ["scaleUp", "scaleDown"] { behavior.fill(direction, .object(JSONObject())) }
            behavior.change("scaleUp") { rules in
                rules.fill("stabilizationWindowSeconds", 0)
                rules.fill("selectPolicy", "Max")
                rules.fill(
                    "policies",
                    [
                        ["type": "Pods", "value": 4, "periodSeconds": 15],
                        ["type": "Percent", "value": 100, "periodSeconds": 15],
                    ]
                )
            }
            behavior.change("scaleDown") { rules in
                rules.fill("selectPolicy", "Max")
                rules.fill("policies", [["type": "Percent", "value": 100, "periodSeconds": 15]])
            }
        }
    }
}
