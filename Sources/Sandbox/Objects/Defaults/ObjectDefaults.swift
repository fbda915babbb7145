package import JSON
package import Kubernetes
import Platform

/// The defaults that the API server fills in for its own kinds.
///
/// Source: the `defaults.go` files of k8s.io/kubernetes/pkg/apis.
package enum ObjectDefaults {
    /// `object`, of `type`, with what its author left out; giving it twice changes nothing.
    ///
    /// Kinds that have no defaults, and all custom ones, are left as they are.
    package static func completed(_ object: JSONValue, _ type: ResourceType) -> JSONValue {
        if type == .customResourceDefinitions { return definition(object) }
        guard let complete = completions[[type.group, type.plural]] else { return object }
        var object = object.withoutNulls
        complete(&object, type)
        return object
    }

    private typealias Completion = @Sendable (inout JSONValue, ResourceType) -> Void

    private static let completions: [[String]: Completion] = [
        ["apps", "deployments"]: { object, _ in object.change("spec", deployment) },
        ["apps", "replicasets"]: { object, _ in object.change("spec", replicaSet) },
        ["", "pods"]: { object, _ in
            object.change("spec") { spec in
                PodDefaults.complete(&spec)
                PodDefaults.completeAlone(&spec)
            }
        },
        ["", "services"]: { object, _ in ServiceDefaults.complete(&object) },
        ["", "namespaces"]: { object, _ in namespace(&object) },
        ["", "secrets"]: { object, _ in secret(&object) },
        ["autoscaling", "horizontalpodautoscalers"]: { object, type in
            object.change("spec") { spec in AutoscalerDefaults.complete(&spec, version: type.version) }
        },
        ["admissionregistration.k8s.io", "mutatingwebhookconfigurations"]: { object, _ in
            object.changeEach("webhooks") { webhook in
                Self.webhook(&webhook)
                webhook.fill("reinvocationPolicy", "Never")
            }
        },
        ["admissionregistration.k8s.io", "validatingwebhookconfigurations"]: { object, _ in
            object.changeEach("webhooks", webhook)
        },
    ]

    @Sendable private static func deployment(_ spec: inout JSONValue) {
        spec.fill("replicas", 1)
        spec.fill("strategy", .object(JSONObject()))
        spec.change("strategy") { strategy in
            strategy.fill("type", "RollingUpdate")
            guard strategy["type"] == "RollingUpdate" else { return }
            strategy.fill("rollingUpdate", .object(JSONObject()))
            strategy.change("rollingUpdate") { update in
                update.fill("maxUnavailable", "25%")
                update.fill("maxSurge", "25%")
            }
        }
        spec.fill("revisionHistoryLimit", 10)
        spec.fill("progressDeadlineSeconds", 600)
        template(&spec)
    }

    @Sendable private static func replicaSet(_ spec: inout JSONValue) {
        spec.fill("replicas", 1)
        template(&spec)
    }

    private static func template(_ spec: inout JSONValue) {
        spec.change("template") { template in template.change("spec", PodDefaults.complete) }
    }

    /// A namespace carries its own name as a label, which namespaceSelectors go by.
    private static func namespace(_ object: inout JSONValue) {
        guard !object.name.isEmpty else { return }
        object[path: "metadata", "labels", "kubernetes.io/metadata.name"] = .string(object.name)
        if object[path: "spec", "finalizers"] == nil { object[path: "spec", "finalizers"] = ["kubernetes"] }
    }

    private static func secret(_ object: inout JSONValue) {
        object.fill("type", "Opaque")
        guard let texts = object["stringData"]?.object else { return }
        for member in texts {
            let text = member.value.string ?? ""
            object[path: "data", member.key] = .string(Base64.encode(Array(text.utf8)))
        }
        object["stringData"] = nil
    }

    @Sendable private static func webhook(_ webhook: inout JSONValue) {
        webhook.change("clientConfig") { config in config.change("service") { $0.fill("port", 443) } }
        webhook.fill("failurePolicy", "Fail")
        webhook.fill("matchPolicy", "Equivalent")
        webhook.fill("namespaceSelector", .object(JSONObject()))
        webhook.fill("objectSelector", .object(JSONObject()))
        webhook.fill("timeoutSeconds", 10)
        webhook.changeEach("rules") { $0.fill("scope", "*") }
    }

    private static func definition(_ object: JSONValue) -> JSONValue {
        var object = object
        object.change("spec") { spec in
            spec.change("names") { names in
                guard let kind = names["kind"]?.string else { return }
                names.fill("singular", .string(kind.lowercased()))
                names.fill("listKind", .string(kind + "List"))
            }
            spec.fill("conversion", ["strategy": "None"])
        }
        return object
    }
}
