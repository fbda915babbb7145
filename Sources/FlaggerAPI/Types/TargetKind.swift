package import Kubernetes

/// What a Canary may have as its target.
///
/// Source: Flagger's `spec.targetRef.kind`.
package enum TargetKind: String, Hashable, Sendable, CaseIterable {
    /// Pods of which a number is asked for.
    case deployment = "Deployment"
    /// A pod on each node.
    case daemonSet = "DaemonSet"
    /// No pods of its own: a Service whose spec is what changes.
    case service = "Service"

    /// The kind in a message: `deployment`.
    package var word: String { rawValue.lowercased() }

    /// Where the API server has them.
    package var resourceType: ResourceType {
        switch self {
        case .deployment: .deployments
        case .daemonSet: .daemonSets
        case .service: .services
        }
    }
}
