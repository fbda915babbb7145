import JSON
import Kubernetes
import Platform

extension TableColumns {
    /// The columns of kinds that the sandbox keeps and mostly does nothing with.
    static let others: [String: [TableColumn]] = [
        "nodes": nodes,
        "replicationcontrollers": [
            .name, .number("Desired", "spec", "replicas"), .number("Current", "status", "replicas"),
            .number("Ready", "status", "readyReplicas"), .age,
        ],
        "persistentvolumeclaims": [
            .name, .text("Status") { $0.textOrEmpty("status", "phase") },
            .text("Volume") { $0.textOrEmpty("spec", "volumeName") },
            .text("Capacity") { $0.textOrEmpty("status", "capacity", "storage") },
            .text("Access Modes") { $0.texts("status", "accessModes") },
            .text("StorageClass") { $0.textOrEmpty("spec", "storageClassName") },
            .text("VolumeAttributesClass") { _ in "<unset>" }, .age,
            .text("VolumeMode", wide: true) { $0.textOrEmpty("spec", "volumeMode") },
        ],
        "persistentvolumes": [
            .name, .text("Capacity") { $0.textOrEmpty("spec", "capacity", "storage") },
            .text("Access Modes") { $0.texts("spec", "accessModes") },
            .text("Reclaim Policy") { $0.textOrEmpty("spec", "persistentVolumeReclaimPolicy") },
            .text("Status") { $0.textOrEmpty("status", "phase") },
            .text("StorageClass") { $0.textOrEmpty("spec", "storageClassName") }, .age,
        ],
        "limitranges": [.name, .createdAt],
        "resourcequotas": [.name, .text("Request") { _ in "" }, .text("Limit") { _ in "" }, .age],
        "jobs.batch": [
            .name, .text("Status") { _ in "Running" },
            .text("Completions") { "\($0.count("status", "succeeded"))/\($0[path: "spec", "completions"]?.int ?? 1)" },
            .text("Duration") { _ in "" }, .age,
        ],
        "cronjobs.batch": [
            .name, .text("Schedule") { $0.textOrEmpty("spec", "schedule") },
            .text("Timezone") { $0.textOrNone("spec", "timeZone") },
            .text("Suspend") { $0[path: "spec", "suspend"] == true ? "True" : "False" },
            TableColumn(name: "Active", type: "integer") { object, _ in
                .number(JSONNumber(object[path: "status", "active"]?.array?.count ?? 0))
            }, .text("Last Schedule") { $0.textOrNone("status", "lastScheduleTime") }, .age,
        ],
        "ingresses.networking.k8s.io": [
            .name, .text("Class") { $0.textOrNone("spec", "ingressClassName") }, .text("Hosts", hosts),
            .text("Address") { _ in "" },
            .text("Ports") { ($0[path: "spec", "tls"]?.array ?? []).isEmpty ? "80" : "80, 443" }, .age,
        ],
        "ingressclasses.networking.k8s.io": [
            .name, .text("Controller") { $0.textOrEmpty("spec", "controller") }, .text("Parameters") { _ in "<none>" },
            .age,
        ],
        "networkpolicies.networking.k8s.io": [
            .name, .text("Pod-Selector") { pairs($0[path: "spec", "podSelector", "matchLabels"]) }, .age,
        ],
    ]

    private static let nodes: [TableColumn] = [
        .name, .text("Status", readiness), .text("Roles", roles), .age,
        .text("Version") { $0.textOrEmpty("status", "nodeInfo", "kubeletVersion") },
        .text("Internal-IP", wide: true) { address("InternalIP", of: $0) },
        .text("External-IP", wide: true) { address("ExternalIP", of: $0) },
        .text("OS-Image", wide: true) { $0.textOrEmpty("status", "nodeInfo", "osImage") },
        .text("Kernel-Version", wide: true) { $0.textOrEmpty("status", "nodeInfo", "kernelVersion") },
        .text("Container-Runtime", wide: true) { $0.textOrEmpty("status", "nodeInfo", "containerRuntimeVersion") },
    ]

    private static let readiness: @Sendable (JSONValue) -> String = { node in
        let conditions = node[path: "status", "conditions"]?.array ?? []
        let ready = conditions.first { $0["type"] == "Ready" }
        let state = ready == nil ? "Unknown" : ready?["status"] == "True" ? "Ready" : "NotReady"
        return node[path: "spec", "unschedulable"] == true ? "\(state),SchedulingDisabled" : state
    }

    private static let roles: @Sendable (JSONValue) -> String = { node in
        let prefix = "node-role.kubernetes.io/"
        let roles = node.labels.keys.filter { $0.hasPrefix(prefix) }.map { $0.dropFirst(prefix.count) }.sorted()
        return roles.isEmpty ? "<none>" : roles.joined(separator: ",")
    }

    private static func address(_ type: String, of node: JSONValue) -> String {
        let addresses = node[path: "status", "addresses"]?.array ?? []
        return addresses.first { $0["type"]?.string == type }?["address"]?.string ?? "<none>"
    }

    private static let hosts: @Sendable (JSONValue) -> String = { ingress in
        let hosts = (ingress[path: "spec", "rules"]?.array ?? []).compactMap { $0["host"]?.string }
        return hosts.isEmpty ? "*" : hosts.joined(separator: ",")
    }
}

extension JSONValue {
    /// The text below member names, or nothing.
    fileprivate func textOrEmpty(_ path: String...) -> String { value(below: path)?.string ?? "" }

    /// The texts of the list below member names, short as access modes are written.
    fileprivate func texts(_ path: String...) -> String {
        let short = [
            "ReadWriteOnce": "RWO", "ReadOnlyMany": "ROX", "ReadWriteMany": "RWX", "ReadWriteOncePod": "RWOP",
        ]
        return (value(below: path)?.array ?? []).compactMap(\.string).map { short[$0] ?? $0 }.joined(separator: ",")
    }
}
