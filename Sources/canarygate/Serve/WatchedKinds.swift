package import Kubernetes

/// The kinds of which the webhooks have a picture, and which the loop reads.
package enum WatchedKinds {
    /// Those that a verdict may depend on; namespaces for the modes of rules in their labels.
    package static let needed: [ResourceType] = [
        .canaries, .metricTemplates, .alertProviders, .deployments, .autoscalers, .services, .httpProxies, .namespaces,
    ]

    /// Those that some rules ask for, and that the server does without where it may not read them, or the cluster does
    /// not know them.
    ///
    /// Of Secrets it keeps what they could be used for, and no values; the loop keeps a digest too where it tracks them.
    package static let extras: [ResourceType] = [
        .networkPolicies, .podDisruptionBudgets, .tlsCertificateDelegations, .extensionServices, .secrets,
    ]

    /// Further ones of the kind, for Flagger alone, which rolls out more.
    package static let besideFlagger: [ResourceType] = [.daemonSets, .scaledObjects]

    /// Further ones of the kind where our loop drives the canaries: targets beside Deployments.
    package static let besideLoop: [ResourceType] = [.daemonSets]

    /// Those that the loop alone reads; where it may not watch them, it asks the API server.
    package static let forLoop: [ResourceType] = [.scaledObjects]

    /// Those of which the loop keeps a digest, where it tracks ConfigMaps and Secrets; Secrets are among the extras.
    ///
    /// All of them, and not those with the label `canarygate.dev/managed` alone: of one that a target names and that is not
    /// there, or has opted out, the API server would be asked at each look.
    package static let tracked: [ResourceType] = [.configMaps]
}
