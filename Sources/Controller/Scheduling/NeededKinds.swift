import FlaggerAPI
import JSON
import Kubernetes

/// The kinds without which a Canary cannot be driven.
enum NeededKinds {
    /// Those that `canary`, as it is stored, needs beyond what every cluster has.
    static func of(_ canary: JSONValue) -> [ResourceType] {
        var needed: [ResourceType] = []
        if canary[path: "spec", "provider"]?.string != "kubernetes" { needed.append(.httpProxies) }
        switch canary[path: "spec", "autoscalerRef", "kind"]?.string {
        case "HorizontalPodAutoscaler"?: needed.append(.autoscalers)
        case "ScaledObject"?: needed.append(.scaledObjects)
        default: break
        }
        return needed
    }

    /// Why `canary` has to wait; nil when `cache` knows of no kind that is missing.
    static func obstacle(to canary: JSONValue, _ cache: any ObjectCache) -> String? {
        guard let missing = of(canary).first(where: { cache.availability(of: $0) == .missing }) else { return nil }
        return "\(missing.kind) is not installed: the API server does not serve \(missing.plural) of "
            + "\(missing.apiVersion); the Canary waits for it"
    }
}
