import JSON

/// The defaults of a pod's spec, in a template or alone.
enum PodDefaults {
    /// Fills in what templates and pods have in common.
    @Sendable static func complete(_ spec: inout JSONValue) {
        spec.fill("dnsPolicy", "ClusterFirst")
        spec.fill("restartPolicy", "Always")
        spec.fill("schedulerName", "default-scheduler")
        spec.fill("securityContext", .object(JSONObject()))
        spec.fill("terminationGracePeriodSeconds", 30)
        // Two names of one thing, the older of which is still written.
        if let account = spec["serviceAccountName"] ?? spec["serviceAccount"] {
            spec.fill("serviceAccountName", account)
            spec["serviceAccount"] = account
        }
        let isOnHost = spec["hostNetwork"] == true
        for list in ["initContainers", "containers", "ephemeralContainers"] {
            spec.changeEach(list) { container in
                ContainerDefaults.complete(&container)
                guard isOnHost else { return }
                container.changeEach("ports") { port in port.fill("hostPort", port["containerPort"] ?? 0) }
            }
        }
        spec.changeEach("volumes", completeVolume)
    }

    /// Fills in what only a pod gets that is no template.
    static func completeAlone(_ spec: inout JSONValue) {
        spec.fill("enableServiceLinks", true)
        for list in ["initContainers", "containers"] {
            spec.changeEach(list) { container in
                container.change("resources") { resources in
                    for limit in resources["limits"]?.object ?? JSONObject()
                    where resources[path: "requests", limit.key] == nil {
                        resources[path: "requests", limit.key] = limit.value
                    }
                }
            }
        }
    }

    private static func completeVolume(_ volume: inout JSONValue) {
        if volume.object?.count == 1, volume["name"] != nil { volume["emptyDir"] = .object(JSONObject()) }
        // 0644, for files that hold nothing secret from the pod.
        for source in ["secret", "configMap", "downwardAPI", "projected"] {
            volume.change(source) { $0.fill("defaultMode", 420) }
        }
        volume.change("hostPath") { $0.fill("type", "") }
        volume.change("downwardAPI", completeFieldReferences)
        volume.change("projected") { projected in
            projected.changeEach("sources") { source in
                source.change("serviceAccountToken") { $0.fill("expirationSeconds", 3_600) }
                source.change("downwardAPI", completeFieldReferences)
            }
        }
    }

    private static func completeFieldReferences(_ volume: inout JSONValue) {
        volume.changeEach("items") { item in item.change("fieldRef") { $0.fill("apiVersion", "v1") } }
    }
}
