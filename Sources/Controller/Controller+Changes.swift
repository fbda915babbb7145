import Admission
import JSON
package import Kubernetes
import Platform

extension Controller {
    /// The kinds of which a change may concern a Canary.
    package static let heeded: Set<ResourceType> = [
        .canaries, .deployments, .daemonSets, .services, .httpProxies, .autoscalers, .scaledObjects,
        .podDisruptionBudgets, .configMaps, .secrets,
    ]

    /// Takes in what an informer told, whether the loop runs or not, and has those looked at whom it concerns.
    ///
    /// `isOurs` says that it told what the loop has written itself, which is no news. It does not block.
    package func take(_ type: ResourceType, _ event: InformerEvent, isOurs: Bool = false) {
        let now = clock.now()
        guard type != .canaries else { return take(canary: event, isOurs: isOurs, at: now) }
        guard !isOurs, Self.heeded.contains(type), Self.isNews(event, of: type) else { return }
        switch event {
        case .added(let object), .deleted(let object):
            schedule.wake(concernedBy: object, at: now)
            wakeReaders(of: object, type, at: now)
        case .updated(let old, let new):
            schedule.wake(concernedBy: new, at: now)
            // It may just have been given away.
            if old[path: "metadata", "ownerReferences"] != new[path: "metadata", "ownerReferences"] {
                schedule.wake(concernedBy: old, at: now)
            }
            wakeReaders(of: new, type, at: now)
        }
    }

    /// Takes in that the API server knows `type` now, or does not know it any more.
    package func take(_ type: ResourceType, _ availability: KindAvailability) {
        guard let cache, Self.heeded.contains(type) else { return }
        schedule.wake(in: nil, at: clock.now()) { key in
            guard let canary = cache.look(at: key, .canaries).object else { return false }
            return NeededKinds.of(canary).contains(type)
        }
    }

    private func take(canary event: InformerEvent, isOurs: Bool, at now: Timestamp) {
        switch event {
        case .added(let canary): schedule.set(canary, isNews: true, at: now)
        case .updated(_, let canary): schedule.set(canary, isNews: !isOurs, at: now)
        case .deleted(let canary):
            schedule.remove(canary.key, at: now)
            forget(canary.key)
        }
    }

    /// Whether `event` may mean anything: what autoscalers and budgets report of themselves, every few seconds, does not.
    private static func isNews(_ event: InformerEvent, of type: ResourceType) -> Bool {
        guard case .updated(let old, let new) = event,
            [.autoscalers, .scaledObjects, .podDisruptionBudgets].contains(type)
        else { return true }
        let fields = ["labels", "annotations", "ownerReferences", "deletionTimestamp", "finalizers"]
        return old["spec"] != new["spec"]
            || fields.contains { old[path: "metadata", $0] != new[path: "metadata", $0] }
    }

    /// Wakes the Canaries whose targets read the ConfigMap or Secret `object`.
    private func wakeReaders(of object: JSONValue, _ type: ResourceType, at now: Timestamp) {
        guard [.configMaps, .secrets].contains(type), let cache, let namespace = object.namespace else { return }
        schedule.wake(in: namespace, at: now) { key in
            guard let canary = cache.look(at: key, .canaries).object,
                let target = canary[path: "spec", "targetRef", "name"]?.string
            else { return false }
            let workload: ResourceType =
                canary[path: "spec", "targetRef", "kind"]?.string == "DaemonSet" ? .daemonSets : .deployments
            let place = ObjectKey(namespace: namespace, name: target)
            let read = cache.look(at: place, workload).object.map { ConfigReference.all(in: $0) } ?? []
            return read.contains { $0.kind == type.kind && $0.name == object.name }
        }
    }
}
