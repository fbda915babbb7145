import JSON
import Kubernetes

/// A webhook as a MutatingWebhookConfiguration or a ValidatingWebhookConfiguration registers it.
struct RegisteredWebhook: Sendable {
    /// The element of the configuration's `webhooks`.
    let value: JSONValue
    /// The configuration's name.
    let configuration: String
    /// Whether its answers may carry a patch.
    let isMutating: Bool

    /// The webhooks of the configurations in `cluster` in the order in which the mutating ones are asked: by the
    /// configuration's name and the place in it.
    static func all(in cluster: InMemoryCluster, isMutating: Bool) -> [RegisteredWebhook] {
        let configurations = cluster.objects(isMutating ? .mutatingWebhooks : .validatingWebhooks)
        return configurations.flatMap { configuration in
            (configuration["webhooks"]?.array ?? []).map {
                RegisteredWebhook(value: $0, configuration: configuration.name, isMutating: isMutating)
            }
        }
    }

    /// `canaries.canarygate.dev`.
    var name: String { value["name"]?.string ?? "" }

    /// Whether a request goes through when the webhook cannot be asked.
    var failsOpen: Bool { value["failurePolicy"] == "Ignore" }

    /// How long an answer may take; 1...30.
    var timeoutSeconds: Int { min(max(value["timeoutSeconds"]?.int ?? 10, 1), 30) }

    /// Whether it is asked again when a later webhook changes the object.
    var isReinvoked: Bool { value["reinvocationPolicy"] == "IfNeeded" }

    /// Whether it does nothing but answer when nothing will be stored.
    var supportsDryRun: Bool { value["sideEffects"] == "None" || value["sideEffects"] == "NoneOnDryRun" }

    /// The first of its review versions that we know; nil when there is none.
    var reviewVersion: String? {
        (value["admissionReviewVersions"]?.array ?? []).compactMap(\.string).first { ["v1", "v1beta1"].contains($0) }
    }
}
