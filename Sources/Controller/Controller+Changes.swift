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
        // What its targets read is followed whoever changed them.
        noteReads(event, type)
        guard !isOurs, Self.heeded.contains(type), Self.isNews(event, of: type) else { return }
        switch event {
        case .added(let object), .deleted(let object): wake(by: object, type, at: now)
        case .updated(let old, let new):
            wake(by: new, type, at: now)
            // It may just have been given away.
            if old[path: "metadata", "ownerReferences"] != new[path: "metadata", "ownerReferences"] {
                schedule.wake(concernedBy: old, at: now)
            }
        }
    }

    private func wake(by object: JSONValue, _ type: ResourceType, at now: Timestamp) {
        schedule.wake(concernedBy: object, at: now)
        guard [.configMaps, .secrets].contains(type) else { return }
        schedule.wake(readersOf: CanaryRoster.Config(kind: type.kind, key: object.key), at: now)
    }

    /// Takes in that the API server knows `type` now, or does not know it any more.
    package func take(_ type: ResourceType, _ availability: KindAvailability) {
        guard let cache, Self.heeded.contains(type) else { return }
        schedule.wake(at: clock.now()) { key in
            guard let canary = cache.look(at: key, .canaries).object else { return false }
            return NeededKinds.of(canary).contains(type)
        }
    }

    private func take(canary event: InformerEvent, isOurs: Bool, at now: Timestamp) {
        switch event {
        case .added(let canary), .updated(_, let canary):
            let before = schedule.target(of: canary.key)
            schedule.set(canary, isNews: !isOurs, at: now)
            let target = TargetClaims.Target(of: canary)
            // After it is known: a target that comes meanwhile finds it, or is found here.
            guard before != target, let cache, let type = Self.workloads.first(where: { $0.kind == target.kind }) else {
                return
            }
            schedule.setReads(of: canary.key, [])
            let place = ObjectKey(namespace: canary.namespace, name: target.name)
            var seen: String?
            // Until none has come between reading and writing down, which would be forgotten.
            while let workload = cache.look(at: place, type).object, workload.resourceVersion != seen {
                seen = workload.resourceVersion
                schedule.setReads(of: canary.key, Self.configs(of: workload))
            }
        case .deleted(let canary):
            schedule.remove(canary.key, at: now)
            forget(canary.key)
        }
    }

    /// The kinds of targets whose pods read something.
    private static let workloads: [ResourceType] = [.deployments, .daemonSets]

    /// Follows what targets read.
    private func noteReads(_ event: InformerEvent, _ type: ResourceType) {
        guard Self.workloads.contains(type) else { return }
        let workload: JSONValue
        switch event {
        case .added(let object): workload = object
        case .updated(let old, let new):
            if old[path: "spec", "template"] == new[path: "spec", "template"] { return }
            workload = new
        case .deleted: return
        }
        let canaries = schedule.canaries(withTarget: workload, kind: type.kind)
        guard !canaries.isEmpty else { return }
        let configs = Self.configs(of: workload)
        for key in canaries { schedule.setReads(of: key, configs) }
    }

    private static func configs(of workload: JSONValue) -> Set<CanaryRoster.Config> {
        Set(
            ConfigReference.all(in: workload)
                .map { reference in
                    let key = ObjectKey(namespace: workload.namespace, name: reference.name)
                    return CanaryRoster.Config(kind: reference.kind, key: key)
                }
        )
    }

    /// Whether `event` may mean anything: what autoscalers and budgets report of themselves, every few seconds, does not, nor
    /// does a change of what is not kept of a ConfigMap or Secret.
    private static func isNews(_ event: InformerEvent, of type: ResourceType) -> Bool {
        guard case .updated(let old, let new) = event else { return true }
        if [.configMaps, .secrets].contains(type) {
            var old = old
            old[path: "metadata", "resourceVersion"] = new[path: "metadata", "resourceVersion"]
            return old != new
        }
        guard [.autoscalers, .scaledObjects, .podDisruptionBudgets].contains(type) else { return true }
        let fields = ["labels", "annotations", "ownerReferences", "deletionTimestamp", "finalizers"]
        return old["spec"] != new["spec"]
            || fields.contains { old[path: "metadata", $0] != new[path: "metadata", $0] }
    }
}
