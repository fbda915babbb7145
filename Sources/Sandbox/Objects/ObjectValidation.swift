package import JSON
package import Kubernetes

/// The checks of the API server on its own kinds that users run into; far from all of them.
///
/// Source: the `validation.go` files of k8s.io/kubernetes/pkg/apis/apps and core.
package enum ObjectValidation {
    /// What is wrong with `object`, of `type`, which is to take the place of `old`; empty when nothing is.
    ///
    /// It knows Deployments and ReplicaSets (replicas, selector, template, containers, strategy), Services, ConfigMaps,
    /// Secrets, autoscalers, the names of CustomResourceDefinitions and the registrations of webhooks. The object has its defaults already; `old`
    /// is nil for a creation.
    package static func causes(
        in object: JSONValue,
        _ type: ResourceType,
        replacing old: JSONValue? = nil
    ) -> [FieldCause] {
        switch (type.group, type.plural) {
        case ("apps", "deployments"), ("apps", "replicasets"):
            workload(object["spec"] ?? .object(JSONObject()), old?["spec"], kind: type.kind.lowercased())
        case ("", "services"): service(object["spec"] ?? .object(JSONObject()), old?["spec"])
        case ("", "configmaps"): configMap(object, old)
        case ("", "secrets"): secret(object, old)
        case ("autoscaling", "horizontalpodautoscalers"): autoscaler(object["spec"] ?? .object(JSONObject()))
        case ("apiextensions.k8s.io", "customresourcedefinitions"): definition(object, old)
        case ("admissionregistration.k8s.io", "mutatingwebhookconfigurations"),
            ("admissionregistration.k8s.io", "validatingwebhookconfigurations"):
            webhooks(object["webhooks"]?.array ?? [])
        default: []
        }
    }
}
