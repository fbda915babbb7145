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
    private let agenda = Locked(WorkloadAgenda())

    /// A controller of everything in `cluster`.
    package init(cluster: InMemoryCluster, clock: any WallClock, settings: WorkloadSettings = WorkloadSettings()) {
        self.cluster = cluster
        self.clock = clock
        self.settings = settings
        names = Locked(NameSource(after: settings.firstPod))
    }

    /// Reconciles on every change and when a pod is due, until the task is cancelled.
    package func run() async {
        await ReconcileLoop(cluster: cluster, clock: clock, types: WorkloadAgenda.types).run { reconcile() }
    }

    /// Brings the cluster to where it should be at this moment.
    ///
    /// It looks at what has changed since the last time and at what is due, and at everything the first time. Returns when
    /// it should be called again even if nothing changes until then; nil for never. One caller at a time.
    @discardableResult
    package func reconcile() -> Timestamp? {
        let now = clock.now()
        var due = agenda.withLock { $0.alarms.takeDue(at: now) }
        for _ in 0..<Self.passLimit {
            let items = agenda.withLock { $0.takeChanges(in: cluster) }.union(due)
            due = []
            if items.isEmpty { break }
            pass(over: items, at: now)
        }
        return agenda.withLock { $0.alarms.earliest }
    }

    /// Looks at each of `items` once: those first that others follow.
    private func pass(over items: Set<WorkloadItem>, at now: Timestamp) {
        let sorted = items.sorted()
        for case .autoscaler(let key) in sorted { scaleTarget(of: key, at: now) }
        for case .scaledObject(let key) in sorted { scaleTarget(ofScaledObject: key, at: now) }
        for case .deployment(let key) in sorted { syncDeployment(key, at: now) }
        for case .pod(let key) in sorted { startPod(key, at: now) }
        for case .set(let key) in sorted { syncSet(key, at: now) }
        for case .daemonSet(let key) in sorted { syncDaemonSet(key, at: now) }
        syncBudgets(sorted)
        syncServices(sorted)
        for case .slice(let key) in sorted { removeSlice(key) }
    }

    private func scaleTarget(of key: ObjectKey, at now: Timestamp) {
        guard let autoscaler = cluster.object(.autoscalers, key) else { return }
        let target = AutoscalerSync.target(of: autoscaler).flatMap { cluster.object(.deployments, $0) }
        apply(AutoscalerSync(autoscaler: autoscaler, target: target, now: now).changes)
    }

    private func scaleTarget(ofScaledObject key: ObjectKey, at now: Timestamp) {
        guard let object = cluster.object(.scaledObjects, key) else { return }
        let target = ScaledObjectSync.target(of: object).flatMap { cluster.object(.deployments, $0) }
        apply(ScaledObjectSync(object: object, target: target, now: now).changes)
    }

    private func syncDeployment(_ key: ObjectKey, at now: Timestamp) {
        let deployment = cluster.object(.deployments, key)
        guard let deployment, deployment[path: "metadata", "deletionTimestamp"] == nil else {
            setAlarm(.deployment(key), nil)
            return
        }
        let sets = owned(by: deployment, .deployments, .replicaSets)
        let sync = naming { names in
            var sync = DeploymentSync(deployment, sets: sets, names: names, at: now)
            sync.run()
            names = sync.names
            return sync
        }
        apply(sync.changes)
        setAlarm(.deployment(key), sync.wake)
    }

    private func startPod(_ key: ObjectKey, at now: Timestamp) {
        setAlarm(.pod(key), nil)
        guard let pod = cluster.object(.pods, key).map({ PodState(object: $0) }) else { return }
        let owner = ObjectOwner.uid(of: pod.object, .replicaSets) ?? ObjectOwner.uid(of: pod.object, .daemonSets)
        guard let owner else { return }
        guard cluster.contains(uid: owner) else {
            // It was made for an owner that was removed meanwhile.
            cluster.apply(.remove(.pods, key))
            return
        }
        guard pod.readySince == nil, let due = pod.due(settings.startupTime) else { return }
        if due > now {
            setAlarm(.pod(key), due)
        } else if let started = pod.started(settings.images.start(pod.images), at: now) {
            cluster.apply(.merge(.pods, key, ["status": started["status"] ?? .null]))
        }
    }

    private func syncSet(_ key: ObjectKey, at now: Timestamp) {
        agenda.withLock { _ = $0.starved.remove(key) }
        guard let set = cluster.object(.replicaSets, key) else {
            setAlarm(.set(key), nil)
            return
        }
        if let owner = ObjectOwner.uid(of: set, .deployments), !cluster.contains(uid: owner) {
            cluster.apply(.remove(.replicaSets, key))
            return
        }
        let state = ReplicaSetState(object: set)
        let pods = owned(by: set, .replicaSets, .pods)
        let room = max(0, settings.podLimit - cluster.count(.pods))
        if state.replicas - pods.count > room { agenda.withLock { _ = $0.starved.insert(key) } }
        let (changes, wake) = naming { names in
            var sync = ReplicaSetSync(
                state,
                pods: pods.map { PodState(object: $0) },
                room: room,
                names: names,
                at: now
            )
            defer { names = sync.names }
            return sync.run()
        }
        apply(changes)
        setAlarm(.set(key), wake)
    }

    private func syncDaemonSet(_ key: ObjectKey, at now: Timestamp) {
        let set = cluster.object(.daemonSets, key)
        guard let set, set[path: "metadata", "deletionTimestamp"] == nil else { return }
        let nodes = cluster.objects(WorkloadAgenda.nodes).filter { DaemonSetSync.isMeant($0, by: set) }.map(\.name)
        let changes = naming { names in
            var sync = DaemonSetSync(
                set,
                revisions: owned(by: set, .daemonSets, DaemonSetSync.revisionType),
                pods: owned(by: set, .daemonSets, .pods).map { PodState(object: $0) },
                nodes: nodes,
                names: names,
                at: now
            )
            sync.run()
            names = sync.names
            return sync.changes
        }
        apply(changes)
    }

    private func syncBudgets(_ items: [WorkloadItem]) {
        var pods: [String?: [PodState]] = [:]
        for case .budget(let key) in items {
            guard let budget = cluster.object(.podDisruptionBudgets, key) else { continue }
            let here = pods[key.namespace] ?? cluster.objects(.pods, in: key.namespace).map { PodState(object: $0) }
            pods[key.namespace] = here
            let status = BudgetSync(budget: budget, pods: here).status
            cluster.apply(.merge(.podDisruptionBudgets, key, ["status": status]))
        }
    }

    private func syncServices(_ items: [WorkloadItem]) {
        var pods: [String?: ServicePods] = [:]
        for case .service(let key) in items {
            guard let service = cluster.object(.services, key) else {
                // Its slice has it for an owner.
                guard let rest = cluster.object(EndpointsSync.type, key), rest.label(EndpointsSync.label) != nil
                else { continue }
                cluster.apply(.remove(EndpointsSync.type, key))
                continue
            }
            let here = pods[key.namespace] ?? ServicePods(cluster.objects(.pods, in: key.namespace))
            pods[key.namespace] = here
            let selected = here.selected(by: service)
            if let object = EndpointsSync.object(for: service, pods: selected) {
                cluster.apply(.put(EndpointsSync.type, object))
            }
            if let slice = EndpointSliceSync.object(for: service, pods: selected) {
                cluster.apply(.put(EndpointSliceSync.type, slice))
            }
        }
    }

    /// Removes a slice that was made for a Service that was removed meanwhile.
    private func removeSlice(_ key: ObjectKey) {
        let slice = cluster.object(EndpointSliceSync.type, key)
        guard let owner = slice.flatMap({ ObjectOwner.uid(of: $0, .services) }), !cluster.contains(uid: owner) else {
            return
        }
        cluster.apply(.remove(EndpointSliceSync.type, key))
    }

    // MARK: Parts

    /// What `owner`, of kind `ownerType`, has made of `type`.
    private func owned(by owner: JSONValue, _ ownerType: ResourceType, _ type: ResourceType) -> [JSONValue] {
        cluster.objects(type, ownedBy: owner.uid).filter { ObjectOwner.uid(of: $0, ownerType) == owner.uid }
    }

    private func apply(_ changes: [ClusterChange]) {
        for change in changes { cluster.apply(change) }
    }

    private func naming<Result>(_ body: (inout NameSource) -> Result) -> Result {
        var source = names.withLock { $0 }
        let result = body(&source)
        names.withLock { [source] names in names = source }
        return result
    }

    private func setAlarm(_ item: WorkloadItem, _ time: Timestamp?) {
        agenda.withLock { $0.alarms.set(item, to: time) }
    }
}
