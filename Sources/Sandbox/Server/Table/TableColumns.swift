import JSON
import Kubernetes

/// The columns that the API server shows for each kind.
///
/// Source: Kubernetes `pkg/printers/internalversion`; for custom kinds their `additionalPrinterColumns`.
enum TableColumns {
    /// The columns of `kind`.
    static func columns(of kind: ServedKind) -> [TableColumn] {
        guard !kind.isCustom else { return custom(kind) }
        let name = kind.type.qualifiedPlural
        return builtIn[name] ?? others[name] ?? [.name, .age]
    }

    private static let builtIn: [String: [TableColumn]] = [
        "deployments.apps": deployments,
        "replicasets.apps": replicaSets,
        "statefulsets.apps": [
            .name,
            .text("Ready") { "\($0.count("status", "readyReplicas"))/\($0[path: "spec", "replicas"]?.int ?? 1)" }, .age,
        ] + containers(),
        "daemonsets.apps": daemonSets,
        "controllerrevisions.apps": [
            .name, .text("Controller", controller), .number("Revision", "revision"), .age,
        ],
        "pods": PodColumns.columns,
        "services": ServiceColumns.columns,
        "events": EventColumns.columns,
        "horizontalpodautoscalers.autoscaling": AutoscalerColumns.columns,
        "namespaces": [.name, .text("Status") { $0.textOrNone("status", "phase") }, .age],
        "customresourcedefinitions.apiextensions.k8s.io": [.name, .createdAt],
        "clusterroles.rbac.authorization.k8s.io": [.name, .createdAt],
        "roles.rbac.authorization.k8s.io": [.name, .createdAt],
        "clusterrolebindings.rbac.authorization.k8s.io": [.name, .text("Role", role), .age],
        "rolebindings.rbac.authorization.k8s.io": [.name, .text("Role", role), .age],
        "configmaps": [
            .name,
            TableColumn(name: "Data", type: "integer") { object, _ in
                size(object["data"], object["binaryData"])
            }, .age,
        ],
        "secrets": [
            .name, .text("Type") { $0.textOrNone("type") },
            TableColumn(name: "Data", type: "integer") { object, _ in size(object["data"]) }, .age,
        ],
        "serviceaccounts": [
            .name, TableColumn(name: "Secrets", type: "integer") { object, _ in size(object["secrets"]) }, .age,
        ],
        "endpoints": [.name, .text("Endpoints", ServiceColumns.endpoints), .age],
        "endpointslices.discovery.k8s.io": ServiceColumns.slices,
        "leases.coordination.k8s.io": [
            .name, .text("Holder") { $0.value(below: ["spec", "holderIdentity"])?.string ?? "" }, .age,
        ],
        "validatingwebhookconfigurations.admissionregistration.k8s.io": webhooks,
        "mutatingwebhookconfigurations.admissionregistration.k8s.io": webhooks,
        "poddisruptionbudgets.policy": [
            .name, .text("Min Available") { amount($0[path: "spec", "minAvailable"]) },
            .text("Max Unavailable") { amount($0[path: "spec", "maxUnavailable"]) },
            .number("Allowed Disruptions", "status", "disruptionsAllowed"), .age,
        ],
    ]

    private static let deployments: [TableColumn] =
        [
            .name,
            .text("Ready") { "\($0.count("status", "readyReplicas"))/\($0[path: "spec", "replicas"]?.int ?? 1)" },
            .number("Up-to-date", "status", "updatedReplicas"), .number("Available", "status", "availableReplicas"),
            .age,
        ] + containers() + [selector]

    private static let replicaSets: [TableColumn] =
        [
            .name, .number("Desired", "spec", "replicas"), .number("Current", "status", "replicas"),
            .number("Ready", "status", "readyReplicas"), .age,
        ] + containers() + [selector]

    private static let daemonSets: [TableColumn] =
        [
            .name, .number("Desired", "status", "desiredNumberScheduled"),
            .number("Current", "status", "currentNumberScheduled"), .number("Ready", "status", "numberReady"),
            .number("Up-to-date", "status", "updatedNumberScheduled"),
            .number("Available", "status", "numberAvailable"),
            .text("Node Selector") { pairs($0.value(below: ["spec", "template", "spec", "nodeSelector"])) }, .age,
        ] + containers() + [selector]

    private static let webhooks: [TableColumn] = [
        .name, TableColumn(name: "Webhooks", type: "integer") { object, _ in size(object["webhooks"]) }, .age,
    ]

    private static let selector = TableColumn.text("Selector", wide: true) { object in
        pairs(object[path: "spec", "selector", "matchLabels"])
    }

    private static func containers() -> [TableColumn] {
        ["name", "image"]
            .map { field in
                .text(field == "name" ? "Containers" : "Images", wide: true) { object in
                    (object[path: "spec", "template", "spec", "containers"]?.array ?? [])
                        .map { $0[field]?.string ?? "" }.joined(separator: ",")
                }
            }
    }

    /// `a=b,c=d` in the order of the keys, or `<none>`.
    static func pairs(_ labels: JSONValue?) -> String {
        let members = (labels?.object ?? JSONObject()).sorted { $0.key < $1.key }
        let text = members.map { "\($0.key)=\($0.value.string ?? "")" }.joined(separator: ",")
        return text.isEmpty ? "<none>" : text
    }

    private static func size(_ values: JSONValue?...) -> JSONValue {
        .number(JSONNumber(values.reduce(0) { $0 + ($1?.object?.count ?? $1?.array?.count ?? 0) }))
    }

    private static func amount(_ value: JSONValue?) -> String { value?.string ?? value?.number?.text ?? "N/A" }

    private static let controller: @Sendable (JSONValue) -> String = { object in
        let owners = object[path: "metadata", "ownerReferences"]?.array ?? []
        guard let owner = owners.first(where: { $0["controller"]?.bool == true }) else { return "<none>" }
        let group = (owner["apiVersion"]?.string ?? "").split(separator: "/").dropLast().first.map { ".\($0)" } ?? ""
        return "\((owner["kind"]?.string ?? "").lowercased())\(group)/\(owner["name"]?.string ?? "")"
    }

    private static let role: @Sendable (JSONValue) -> String = { object in
        "\(object.textOrNone("roleRef", "kind"))/\(object.textOrNone("roleRef", "name"))"
    }
}
