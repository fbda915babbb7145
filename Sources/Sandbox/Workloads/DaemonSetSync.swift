import JSON
import Kubernetes
import Platform

/// One look of the simulated DaemonSet controller: a pod on each node, and a ControllerRevision for each template.
struct DaemonSetSync {
    /// `apps/v1` ControllerRevisions.
    static let revisionType = ResourceType(
        group: "apps",
        version: "v1",
        plural: "controllerrevisions",
        kind: "ControllerRevision"
    )
    private static let hashLabel = "controller-revision-hash"

    /// The DaemonSet.
    let set: JSONValue
    /// The ControllerRevisions that it owns.
    let revisions: [JSONValue]
    /// The pods that it owns.
    let pods: [PodState]
    /// The names of the nodes that its pods may go to.
    let nodes: [String]
    let now: Timestamp
    var names: NameSource
    private(set) var changes: [ClusterChange] = []

    /// A look at `set` with what it owns.
    init(
        _ set: JSONValue,
        revisions: [JSONValue],
        pods: [PodState],
        nodes: [String],
        names: NameSource,
        at now: Timestamp
    ) {
        self.set = set
        self.revisions = revisions
        self.pods = pods
        self.nodes = nodes
        self.names = names
        self.now = now
    }

    /// Whether the pods of `set` may go to `node`, by their node selector.
    static func isMeant(_ node: JSONValue, by set: JSONValue) -> Bool {
        let selector = set[path: "spec", "template", "spec", "nodeSelector"]?.object ?? JSONObject()
        return selector.allSatisfy { node.label($0.key) == $0.value.string }
    }

    /// Decides; afterwards `changes` says what came of it.
    mutating func run() {
        noteRevision()
        let placed = Dictionary(grouping: pods) { $0.node.string ?? "" }
        for node in nodes where placed[node] == nil { add(on: node) }
        for (node, others) in placed.sorted(by: { $0.key < $1.key }) {
            for pod in nodes.contains(node) ? others.dropFirst() : others[...] { remove(pod) }
        }
        replace(placed)
        changes.append(.merge(.daemonSets, set.key, ["status": status(placed)]))
    }

    private var template: JSONValue { self.set[path: "spec", "template"] ?? .object(JSONObject()) }
    private var hash: String { SafeName.hash(template.canonical) }

    private func isCurrent(_ pod: PodState) -> Bool { pod.object.label(Self.hashLabel) == hash }

    // MARK: Revisions

    /// Writes down the present template as the last revision, and drops old ones that no pod is of.
    private mutating func noteRevision() {
        let name = "\(set.name)-\(hash)"
        let last = revisions.compactMap { $0["revision"]?.tally }.max() ?? 0
        let own = revisions.first { $0.name == name }
        if own == nil || own?["revision"]?.tally ?? 0 < last {
            var revision = own ?? self.revision(named: name)
            revision["revision"] = .number(JSONNumber(last + 1))
            changes.append(.put(Self.revisionType, revision))
        }
        let used = Set(pods.compactMap { $0.object.label(Self.hashLabel) })
        let idle = revisions.filter { $0.name != name && !used.contains($0.label(Self.hashLabel) ?? "") }
            .sorted { $0["revision"]?.tally ?? 0 < $1["revision"]?.tally ?? 0 }
        let limit = set[path: "spec", "revisionHistoryLimit"]?.tally ?? 10
        for old in idle.prefix(max(0, idle.count - limit)) { changes.append(.remove(Self.revisionType, old.key)) }
    }

    private func revision(named name: String) -> JSONValue {
        var data = template
        data["$patch"] = "replace"
        var labels = template[path: "metadata", "labels"] ?? .object(JSONObject())
        labels[Self.hashLabel] = .string(hash)
        return [
            "apiVersion": "apps/v1", "kind": "ControllerRevision",
            "metadata": [
                "name": .string(name), "namespace": .string(set.namespace ?? ""), "labels": labels,
                "ownerReferences": [ObjectOwner.reference(to: set, .daemonSets)],
            ],
            "data": ["spec": ["template": data]],
        ]
    }

    // MARK: Pods

    private mutating func add(on node: String) {
        var pod = PodState.object(of: set, .daemonSets, names.podIdentity(), at: now)
        pod[path: "spec", "nodeName"] = .string(node)
        pod[path: "metadata", "labels", Self.hashLabel] = .string(hash)
        pod[path: "metadata", "labels", "pod-template-generation"] = .string(String(set.generation))
        changes.append(.put(.pods, pod))
    }

    private mutating func remove(_ pod: PodState) { changes.append(.remove(.pods, pod.object.key)) }

    /// Removes pods of an old template: those that do not work at once, others as far as enough are available.
    private mutating func replace(_ placed: [String: [PodState]]) {
        guard set[path: "spec", "updateStrategy", "type"] != "OnDelete" else { return }
        let present = nodes.compactMap { placed[$0]?.first }
        let old = present.filter { !isCurrent($0) }
        for pod in old where pod.readySince == nil { remove(pod) }
        let unavailable = nodes.count - present.count { $0.readySince != nil }
        let room = max(0, mostUnavailable - unavailable)
        for pod in old.filter({ $0.readySince != nil }).prefix(room) { remove(pod) }
    }

    private var mostUnavailable: Int {
        let value = set[path: "spec", "updateStrategy", "rollingUpdate", "maxUnavailable"]
        if let number = value?.tally { return max(1, number) }
        let percent = value?.string.flatMap { Double($0.prefix { $0 != "%" }) } ?? 0
        return max(1, Int((Double(nodes.count) * min(percent, 100) / 100).rounded(.up)))
    }

    private func status(_ placed: [String: [PodState]]) -> JSONValue {
        let present = nodes.compactMap { placed[$0]?.first }
        let ready = present.count { $0.readySince != nil }
        var status: JSONValue = ["observedGeneration": .number(JSONNumber(set.generation))]
        let always = [
            ("currentNumberScheduled", present.count), ("desiredNumberScheduled", nodes.count), ("numberReady", ready),
            ("numberMisscheduled", pods.count { !nodes.contains($0.node.string ?? "") }),
        ]
        for (field, number) in always { status[field] = .number(JSONNumber(number)) }
        let others = [
            ("numberAvailable", ready), ("numberUnavailable", nodes.count - ready),
            ("updatedNumberScheduled", present.count(where: isCurrent)),
        ]
        for (field, number) in others { status[field] = number == 0 ? .null : .number(JSONNumber(number)) }
        return status
    }
}
