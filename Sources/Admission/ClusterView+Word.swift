import JSON
import Kubernetes

extension ClusterView {
    /// What of an object others are found by, beside its name.
    package enum Word: Hashable, Sendable {
        /// A label of the pods of a workload, of those by which workloads are told apart.
        case podLabel(key: String, value: String)
        /// A label of the pods that a Service, a policy or a budget selects.
        case selects(key: String, value: String)
        /// A ConfigMap or Secret that the pods of a workload read.
        case reads(ConfigReference)
        /// The workload that an autoscaler scales.
        case scales(String)
        /// The HTTPProxy that another includes, for its routes or its TCP proxying.
        case includes(String)
        /// The Service that an HTTPProxy leads to, by a route or TCP proxying, or an ExtensionService.
        case leadsTo(String)
        /// The Secret that an HTTPProxy or an ExtensionService refers to, for whatever use.
        case usesSecret(String)
        /// The ExtensionService that authorises the requests to an HTTPProxy.
        case usesExtension(String)
        /// The Secret that a TLSCertificateDelegation lets others use.
        case delegates(String)

        /// The keys of labels by which the pods of a workload may be told from others'.
        ///
        /// Source: Flagger's flag `-selector-labels`, by default; our loop takes the same.
        package static let selectorKeys = ["app", "name", "app.kubernetes.io/name"]

        /// The words of `object`, each with the namespace that it is about.
        static func all(of object: JSONValue, _ type: ResourceType) -> [(namespace: String, word: Word)] {
            let spec = object["spec"] ?? .null
            let words: [Word]
            switch type {
            case .deployments, .daemonSets: words = wordsOfWorkload(object, spec)
            case .services: words = labels(spec["selector"])
            case .networkPolicies: words = labels(spec[path: "podSelector", "matchLabels"])
            case .podDisruptionBudgets: words = labels(spec[path: "selector", "matchLabels"])
            case .autoscalers, .scaledObjects:
                words = spec[path: "scaleTargetRef", "name"]?.string.map { [.scales($0)] } ?? []
            case .tlsCertificateDelegations:
                words = (spec["delegations"]?.array ?? []).compactMap { $0["secretName"]?.string }.map {
                    .delegates($0)
                }
            case .httpProxies: return wordsOfProxy(object, spec)
            case .extensionServices: return wordsOfExtension(object, spec)
            default: return []
            }
            return words.map { (object.namespace ?? "", $0) }
        }

        private static func labels(_ selector: JSONValue?) -> [Word] {
            (selector?.object ?? JSONObject()).compactMap { member in
                member.value.string.map { .selects(key: member.key, value: $0) }
            }
        }

        private static func wordsOfWorkload(_ workload: JSONValue, _ spec: JSONValue) -> [Word] {
            let labels = spec[path: "template", "metadata", "labels"]
            return selectorKeys.compactMap { key in labels?[key]?.string.map { .podLabel(key: key, value: $0) } }
                + ConfigReference.all(in: workload).map { .reads($0) }
        }
    }
}
