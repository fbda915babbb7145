/// A kind of object as the API server addresses it.
package struct ResourceType: Hashable, Sendable {
    /// The API group, empty for the core group.
    package let group: String
    /// The version within the group, for example `v1`.
    package let version: String
    /// The plural in the path, for example `deployments`.
    package let plural: String
    /// The kind, for example `Deployment`.
    package let kind: String
    /// Whether its objects live in a namespace.
    package let isNamespaced: Bool

    package init(group: String, version: String, plural: String, kind: String, isNamespaced: Bool = true) {
        self.group = group
        self.version = version
        self.plural = plural
        self.kind = kind
        self.isNamespaced = isNamespaced
    }

    /// `apps/v1`, or `v1` for the core group.
    package var apiVersion: String { group.isEmpty ? version : "\(group)/\(version)" }

    /// `deployments.apps`, or `services` for the core group: the name in messages and of a CRD.
    package var qualifiedPlural: String { group.isEmpty ? plural : "\(plural).\(group)" }

    /// The path of the collection, in `namespace` or, when that is nil, across all of them.
    package func path(namespace: String? = nil) -> String {
        let root = group.isEmpty ? "/api/\(version)" : "/apis/\(group)/\(version)"
        guard isNamespaced, let namespace else { return "\(root)/\(plural)" }
        return "\(root)/namespaces/\(namespace)/\(plural)"
    }

    /// The path of one object, or of its `subresource`.
    package func path(_ key: ObjectKey, subresource: String? = nil) -> String {
        let object = "\(path(namespace: key.namespace))/\(key.name)"
        return subresource.map { "\(object)/\($0)" } ?? object
    }
}

extension ResourceType {
    package static let namespaces = ResourceType(
        group: "",
        version: "v1",
        plural: "namespaces",
        kind: "Namespace",
        isNamespaced: false
    )
    package static let pods = ResourceType(group: "", version: "v1", plural: "pods", kind: "Pod")
    package static let services = ResourceType(group: "", version: "v1", plural: "services", kind: "Service")
    package static let configMaps = ResourceType(group: "", version: "v1", plural: "configmaps", kind: "ConfigMap")
    package static let secrets = ResourceType(group: "", version: "v1", plural: "secrets", kind: "Secret")
    package static let events = ResourceType(group: "", version: "v1", plural: "events", kind: "Event")
    package static let leases = ResourceType(
        group: "coordination.k8s.io",
        version: "v1",
        plural: "leases",
        kind: "Lease"
    )
    package static let deployments = ResourceType(
        group: "apps",
        version: "v1",
        plural: "deployments",
        kind: "Deployment"
    )
    package static let daemonSets = ResourceType(
        group: "apps",
        version: "v1",
        plural: "daemonsets",
        kind: "DaemonSet"
    )
    package static let replicaSets = ResourceType(
        group: "apps",
        version: "v1",
        plural: "replicasets",
        kind: "ReplicaSet"
    )
    package static let autoscalers = ResourceType(
        group: "autoscaling",
        version: "v2",
        plural: "horizontalpodautoscalers",
        kind: "HorizontalPodAutoscaler"
    )
    package static let scaledObjects = ResourceType(
        group: "keda.sh",
        version: "v1alpha1",
        plural: "scaledobjects",
        kind: "ScaledObject"
    )
    package static let networkPolicies = ResourceType(
        group: "networking.k8s.io",
        version: "v1",
        plural: "networkpolicies",
        kind: "NetworkPolicy"
    )
    package static let podDisruptionBudgets = ResourceType(
        group: "policy",
        version: "v1",
        plural: "poddisruptionbudgets",
        kind: "PodDisruptionBudget"
    )
    package static let canaries = ResourceType(
        group: "flagger.app",
        version: "v1beta1",
        plural: "canaries",
        kind: "Canary"
    )
    package static let metricTemplates = ResourceType(
        group: "flagger.app",
        version: "v1beta1",
        plural: "metrictemplates",
        kind: "MetricTemplate"
    )
    package static let alertProviders = ResourceType(
        group: "flagger.app",
        version: "v1beta1",
        plural: "alertproviders",
        kind: "AlertProvider"
    )
    package static let httpProxies = ResourceType(
        group: "projectcontour.io",
        version: "v1",
        plural: "httpproxies",
        kind: "HTTPProxy"
    )
    package static let tlsCertificateDelegations = ResourceType(
        group: "projectcontour.io",
        version: "v1",
        plural: "tlscertificatedelegations",
        kind: "TLSCertificateDelegation"
    )
    package static let extensionServices = ResourceType(
        group: "projectcontour.io",
        version: "v1alpha1",
        plural: "extensionservices",
        kind: "ExtensionService"
    )
    package static let customResourceDefinitions = ResourceType(
        group: "apiextensions.k8s.io",
        version: "v1",
        plural: "customresourcedefinitions",
        kind: "CustomResourceDefinition",
        isNamespaced: false
    )
    package static let validatingWebhooks = ResourceType(
        group: "admissionregistration.k8s.io",
        version: "v1",
        plural: "validatingwebhookconfigurations",
        kind: "ValidatingWebhookConfiguration",
        isNamespaced: false
    )
    package static let mutatingWebhooks = ResourceType(
        group: "admissionregistration.k8s.io",
        version: "v1",
        plural: "mutatingwebhookconfigurations",
        kind: "MutatingWebhookConfiguration",
        isNamespaced: false
    )
}
