import JSON
import Kubernetes
package import Platform

/// The sandbox's stand-in for kube-controller-manager and kubelet: Deployments get ReplicaSets and Pods, Pods become
/// ready by the clock, HorizontalPodAutoscalers, Endpoints and EndpointSlices are kept.
///
/// A simulator: no container runs. It follows the rules of the real controllers (rolling update, pause, progress
/// deadline, conditions) with these liberties: a removed pod is gone at once, pods beyond what two nodes hold are not
/// made, and the strategy of a template hash collision is left out.
package struct WorkloadController: Sendable {
    /// One reconcile settles within a handful of passes; more means that two rules undo each other.
    private static let passLimit = 100

    private let cluster: InMemoryCluster
    private let clock: any WallClock
    private let settings: WorkloadSettings
    private let names: Locked<NameSource>

    /// A controller of everything in `cluster`.
    package init(cluster: InMemoryCluster, clock: any WallClock, settings: WorkloadSettings = WorkloadSettings()) {
        self.cluster = cluster
        self.clock = clock
        self.settings = settings
        names = Locked(NameSource(after: settings.firstPod))
    }

    /// What it looks at.
    private static let types: [ResourceType] = [
        .deployments, .replicaSets, .daemonSets, .pods, .services, .autoscalers, .scaledObjects, .podDisruptionBudgets,
    ]

    /// Reconciles on every change and when a pod is due, until the task is cancelled.
    package func run() async {
        await ReconcileLoop(cluster: cluster, clock: clock, types: Self.types).run { reconcile() }
    }

    /// Brings the cluster to where it should be at this moment.
    ///
    /// Returns when it should be called again even if nothing changes until then; nil for never. One caller at a time.
    @discardableResult
    package func reconcile() -> Timestamp? {
        var wake: Timestamp?
        for _ in 0..<Self.passLimit {
            let version = cluster.version(of: Self.types)
            wake = pass(at: clock.now())
            if cluster.version(of: Self.types) == version { break }
        }
        return wake
    }

    private func pass(at now: Timestamp) -> Timestamp? {
        removeOrphans()
        scaleTargets(at: now)
        let wakes = [syncDeployments(at: now), startPods(at: now), syncSets(at: now)]
        syncDaemonSets(at: now)
        syncBudgets()
        syncEndpoints()
        return wakes.compactMap { $0 }.min()
    }

    /// What was made for an owner that was removed meanwhile.
    private func removeOrphans() {
        let owners: [(ResourceType, ResourceType)] = [
            (.replicaSets, .deployments), (.pods, .replicaSets), (.pods, .daemonSets),
            (EndpointSliceSync.type, .services),
        ]
        for (type, ownerType) in owners {
            let uids = Set(cluster.objects(ownerType).map(\.uid))
            for object in cluster.objects(type) {
                guard let uid = ObjectOwner.uid(of: object, ownerType), !uids.contains(uid) else { continue }
                cluster.apply(.remove(type, object.key))
            }
        }
    }

    private func scaleTargets(at now: Timestamp) {
        for autoscaler in cluster.objects(.autoscalers) {
            let reference = autoscaler[path: "spec", "scaleTargetRef"]
            let name = reference?["kind"]?.string == "Deployment" ? reference?["name"]?.string : nil
            let target = name.flatMap { cluster.object(.deployments, autoscaler.namespace, $0) }
            for change in AutoscalerSync(autoscaler: autoscaler, target: target, now: now).changes {
                cluster.apply(change)
            }
        }
        for object in cluster.objects(.scaledObjects) {
            let reference = object[path: "spec", "scaleTargetRef"]
            let isDeployment = reference?["kind"]?.string ?? "Deployment" == "Deployment"
            let name = isDeployment ? reference?["name"]?.string : nil
            let target = name.flatMap { cluster.object(.deployments, object.namespace, $0) }
            for change in ScaledObjectSync(object: object, target: target, now: now).changes { cluster.apply(change) }
        }
    }

    private func syncDeployments(at now: Timestamp) -> Timestamp? {
        let sets = Dictionary(grouping: cluster.objects(.replicaSets)) { ObjectOwner.uid(of: $0, .deployments) ?? "" }
        var wakes: [Timestamp] = []
        for deployment in cluster.objects(.deployments) {
            guard deployment[path: "metadata", "deletionTimestamp"] == nil else { continue }
            let source = names.withLock { $0 }
            var sync = DeploymentSync(deployment, sets: sets[deployment.uid] ?? [], names: source, at: now)
            sync.run()
            names.withLock { [after = sync.names] names in names = after }
            for change in sync.changes { cluster.apply(change) }
            if let wake = sync.wake { wakes.append(wake) }
        }
        return wakes.min()
    }

    private func startPods(at now: Timestamp) -> Timestamp? {
        var wakes: [Timestamp] = []
        for pod in cluster.objects(.pods).map({ PodState(object: $0) }) where pod.readySince == nil {
            let owner = ObjectOwner.uid(of: pod.object, .replicaSets) ?? ObjectOwner.uid(of: pod.object, .daemonSets)
            guard owner != nil, let due = pod.due(settings.startupTime) else {
                continue
            }
            if due > now {
                wakes.append(due)
            } else if let started = pod.started(settings.images.start(pod.images), at: now) {
                cluster.apply(.merge(.pods, pod.object.key, ["status": started["status"] ?? .null]))
            }
        }
        return wakes.min()
    }

    private func syncSets(at now: Timestamp) -> Timestamp? {
        let all = cluster.objects(.pods)
        let pods = Dictionary(grouping: all) { ObjectOwner.uid(of: $0, .replicaSets) ?? "" }
        var room = max(0, settings.podLimit - all.count)
        var wakes: [Timestamp] = []
        for set in cluster.objects(.replicaSets) {
            var sync = ReplicaSetSync(
                ReplicaSetState(object: set),
                pods: (pods[set.uid] ?? []).map { PodState(object: $0) },
                room: room,
                names: names.withLock { $0 },
                at: now
            )
            let (changes, wake) = sync.run()
            room -= sync.created
            names.withLock { [after = sync.names] names in names = after }
            for change in changes { cluster.apply(change) }
            if let wake { wakes.append(wake) }
        }
        return wakes.min()
    }

    private func syncDaemonSets(at now: Timestamp) {
        let sets = cluster.objects(.daemonSets).filter { $0[path: "metadata", "deletionTimestamp"] == nil }
        guard !sets.isEmpty else { return }
        let pods = cluster.objects(.pods)
        let revisions = cluster.objects(DaemonSetSync.revisionType)
        let nodes = cluster.objects(Self.nodes)
        for set in sets {
            var sync = DaemonSetSync(
                set,
                revisions: revisions.filter { ObjectOwner.uid(of: $0, .daemonSets) == set.uid },
                pods: pods.filter { ObjectOwner.uid(of: $0, .daemonSets) == set.uid }.map { PodState(object: $0) },
                nodes: nodes.filter { DaemonSetSync.isMeant($0, by: set) }.map(\.name),
                names: names.withLock { $0 },
                at: now
            )
            sync.run()
            names.withLock { [after = sync.names] names in names = after }
            for change in sync.changes { cluster.apply(change) }
        }
    }

    private static let nodes = ResourceType(
        group: "",
        version: "v1",
        plural: "nodes",
        kind: "Node",
        isNamespaced: false
    )

    private func syncBudgets() {
        let budgets = cluster.objects(.podDisruptionBudgets)
        guard !budgets.isEmpty else { return }
        let pods = Dictionary(grouping: cluster.objects(.pods)) { $0.namespace ?? "" }
        for budget in budgets {
            let own = (pods[budget.namespace ?? ""] ?? []).map { PodState(object: $0) }
            let status = BudgetSync(budget: budget, pods: own).status
            cluster.apply(.merge(.podDisruptionBudgets, budget.key, ["status": status]))
        }
    }

    private func syncEndpoints() {
        let pods = ServicePods(cluster.objects(.pods))
        let services = cluster.objects(.services)
        for service in services {
            let selected = pods.selected(by: service)
            if let object = EndpointsSync.object(for: service, pods: selected) {
                cluster.apply(.put(EndpointsSync.type, object))
            }
            if let slice = EndpointSliceSync.object(for: service, pods: selected) {
                cluster.apply(.put(EndpointSliceSync.type, slice))
            }
        }
        let keys = Set(services.map(\.key))
        for object in cluster.objects(EndpointsSync.type)
        where object.label(EndpointsSync.label) != nil && !keys.contains(object.key) {
            cluster.apply(.remove(EndpointsSync.type, object.key))
        }
    }
}
