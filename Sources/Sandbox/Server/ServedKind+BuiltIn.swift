import JSON
import Kubernetes

extension ServedKind {
    /// The kinds that are there without a definition, in the order of discovery; HTTPProxy as if Contour's definition
    /// were installed.
    static let builtIn: [ServedKind] = core + apps + batch + others + networks + [httpProxy, scaledObject]

    private static let core: [ServedKind] = [
        kind("", "configmaps", "ConfigMap", ["cm"]),
        kind("", "endpoints", "Endpoints", ["ep"]),
        kind("", "events", "Event", ["ev"]),
        kind("", "limitranges", "LimitRange", ["limits"]),
        ServedKind(.namespaces, ["ns"], hasStatus: true),
        kind("", "nodes", "Node", ["no"], isNamespaced: false, hasStatus: true),
        kind("", "persistentvolumeclaims", "PersistentVolumeClaim", ["pvc"], hasStatus: true),
        kind("", "persistentvolumes", "PersistentVolume", ["pv"], isNamespaced: false, hasStatus: true),
        kind("", "pods", "Pod", ["po"], categories: ["all"], hasStatus: true),
        scaled(
            kind("", "replicationcontrollers", "ReplicationController", ["rc"], categories: ["all"], hasStatus: true)
        ),
        kind("", "resourcequotas", "ResourceQuota", ["quota"], hasStatus: true),
        kind("", "secrets", "Secret"),
        kind("", "serviceaccounts", "ServiceAccount", ["sa"]),
        kind("", "services", "Service", ["svc"], categories: ["all"], hasStatus: true),
    ]

    private static let apps: [ServedKind] = [
        kind("apps", "controllerrevisions", "ControllerRevision"),
        kind("apps", "daemonsets", "DaemonSet", ["ds"], categories: ["all"], hasStatus: true),
        scaled(kind("apps", "deployments", "Deployment", ["deploy"], categories: ["all"], hasStatus: true)),
        scaled(kind("apps", "replicasets", "ReplicaSet", ["rs"], categories: ["all"], hasStatus: true)),
        scaled(kind("apps", "statefulsets", "StatefulSet", ["sts"], categories: ["all"], hasStatus: true)),
    ]

    private static let batch: [ServedKind] = [
        kind("batch", "cronjobs", "CronJob", ["cj"], categories: ["all"], hasStatus: true),
        kind("batch", "jobs", "Job", categories: ["all"], hasStatus: true),
    ]

    private static let networks: [ServedKind] = [
        kind("networking.k8s.io", "ingressclasses", "IngressClass", isNamespaced: false),
        kind("networking.k8s.io", "ingresses", "Ingress", ["ing"], hasStatus: true),
        kind("networking.k8s.io", "networkpolicies", "NetworkPolicy", ["netpol"]),
    ]

    private static let others: [ServedKind] = [
        autoscaler, firstAutoscaler,
        ServedKind(EndpointSliceSync.type),
        kind("policy", "poddisruptionbudgets", "PodDisruptionBudget", ["pdb"], hasStatus: true),
        kind("rbac.authorization.k8s.io", "clusterrolebindings", "ClusterRoleBinding", isNamespaced: false),
        kind("rbac.authorization.k8s.io", "clusterroles", "ClusterRole", isNamespaced: false),
        kind("rbac.authorization.k8s.io", "rolebindings", "RoleBinding"),
        kind("rbac.authorization.k8s.io", "roles", "Role"),
        ServedKind(.mutatingWebhooks, categories: ["api-extensions"]),
        ServedKind(.validatingWebhooks, categories: ["api-extensions"]),
        ServedKind(
            .customResourceDefinitions,
            ["crd", "crds"],
            categories: ["api-extensions"],
            hasStatus: true
        ),
        kind("coordination.k8s.io", "leases", "Lease"),
    ]

    private static let autoscaler = ServedKind(.autoscalers, ["hpa"], categories: ["all"], hasStatus: true)

    private static let firstAutoscaler: ServedKind = {
        var kind = autoscaler
        kind.isFirstAutoscaler = true
        return kind
    }()

    private static let httpProxy: ServedKind = {
        var kind = ServedKind(.httpProxies, ["proxy", "proxies"], hasStatus: true)
        kind.isCustom = true
        kind.printerColumns = [
            column("FQDN", ".spec.virtualhost.fqdn"),
            column("TLS Secret", ".spec.virtualhost.tls.secretName"),
            column("Status", ".status.currentStatus"),
            column("Status Description", ".status.description"),
        ]
        return kind
    }()

    /// As if KEDA's definition were installed.
    private static let scaledObject: ServedKind = {
        var kind = ServedKind(.scaledObjects, ["so"], hasStatus: true)
        kind.isCustom = true
        kind.printerColumns = [
            column("ScaleTargetKind", ".status.scaleTargetKind"),
            column("ScaleTargetName", ".spec.scaleTargetRef.name"), column("Min", ".spec.minReplicaCount"),
            column("Max", ".spec.maxReplicaCount"),
            column("Ready", ".status.conditions[?(@.type==\"Ready\")].status"),
            column("Paused", ".status.conditions[?(@.type==\"Paused\")].status"),
        ]
        return kind
    }()

    private static func kind(
        _ group: String,
        _ plural: String,
        _ kind: String,
        _ shortNames: [String] = [],
        categories: [String] = [],
        isNamespaced: Bool = true,
        hasStatus: Bool = false
    ) -> ServedKind {
        ServedKind(
            ResourceType(group: group, version: "v1", plural: plural, kind: kind, isNamespaced: isNamespaced),
            shortNames,
            categories: categories,
            hasStatus: hasStatus
        )
    }

    private static func column(_ name: String, _ jsonPath: String) -> JSONValue {
        ["name": .string(name), "type": "string", "jsonPath": .string(jsonPath)]
    }

    private static func scaled(_ kind: ServedKind) -> ServedKind {
        var kind = kind
        kind.hasScale = true
        return kind
    }
}
