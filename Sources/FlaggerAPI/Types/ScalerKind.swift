package import Kubernetes

/// What may scale a target.
///
/// Source: Flagger's `spec.autoscalerRef.kind`.
package enum ScalerKind: String, Hashable, Sendable, CaseIterable {
    /// Kubernetes' own.
    case horizontal = "HorizontalPodAutoscaler"
    /// KEDA's, which makes a HorizontalPodAutoscaler of its own and can be told to pause.
    case scaledObject = "ScaledObject"

    /// Where the API server has them.
    package var resourceType: ResourceType {
        switch self {
        case .horizontal: .autoscalers
        case .scaledObject: .scaledObjects
        }
    }
}
