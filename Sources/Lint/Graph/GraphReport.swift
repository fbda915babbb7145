import ContourAPI
import Kubernetes

/// What there is to draw, and what could not be read.
package struct GraphReport: Sendable {
    /// An HTTPProxy of an ingress class that Contour does not take.
    struct PassedBy: Hashable, Sendable {
        let key: ObjectKey
        let ingressClass: String

        /// `of the ingress class internal`, `of no ingress class`.
        var words: String { ingressClass.isEmpty ? "of no ingress class" : "of the ingress class \(ingressClass)" }
    }

    /// The trees by host.
    private(set) var hosts: [HostTree]
    /// The status that each HTTPProxy gets.
    private(set) var statuses: [ObjectKey: ProxyStatus]
    /// The HTTPProxies that no root leads to.
    private(set) var orphans: [ObjectKey]
    /// The HTTPProxies that are not there, and that a Canary will make.
    let planned: Set<ObjectKey>
    /// The HTTPProxies that Contour does not look at, by namespace and name.
    private(set) var passedBy: [PassedBy]
    /// The roots whose trees are not whole.
    let cut: Set<ObjectKey>
    /// What cannot be read of the inputs.
    package var faults: [InputFault]
    /// Whether the inputs hold any object, of whatever kind.
    package let hasRead: Bool
    /// Whether the cluster was looked into.
    let hasAskedCluster: Bool

    init(
        _ evaluation: ProxyEvaluation,
        planned: Set<ObjectKey>,
        passedBy: [PassedBy],
        faults: [InputFault],
        hasRead: Bool,
        hasAskedCluster: Bool
    ) {
        hosts = evaluation.hosts
        statuses = evaluation.statuses
        orphans = evaluation.orphans
        self.planned = planned
        self.passedBy = passedBy.sorted { $0.key.isBefore($1.key) }
        cut = Set(evaluation.cut)
        self.faults = faults
        self.hasRead = hasRead
        self.hasAskedCluster = hasAskedCluster
    }

    /// What is to be drawn of the host `name`, the wildcard that stands for it where there is no other; nil where no
    /// HTTPProxy has it.
    package func only(_ name: String) -> GraphReport? {
        let name = name.lowercased()
        let wildcard = name.firstIndex(of: ".").map { "*" + name[$0...] }
        var shown = hosts.filter { $0.host == name }
        if shown.isEmpty { shown = hosts.filter { $0.host == wildcard } }
        guard !shown.isEmpty else { return nil }
        var report = self
        report.hosts = shown
        report.orphans = []
        report.passedBy = []
        let keys = GraphMarks(shown).objects
        report.statuses = statuses.filter { keys.contains($0.key) }
        return report
    }

    /// The HTTPProxies that have a status, by namespace and name.
    var objects: [ObjectKey] { statuses.keys.sorted { $0.isBefore($1) } }

    /// The verdict on the HTTPProxy at `key`; nil where Contour gives none.
    func verdict(on key: ObjectKey) -> ProxyStatus.Verdict? { statuses[key]?.verdict }

    /// Why no requests come to the orphan at `key`.
    func reasons(ofOrphan key: ObjectKey) -> [String] {
        (statuses[key]?.errors ?? []).map { error in
            let lead = "\(error.path): "
            return error.message.hasPrefix(lead) ? String(error.message.dropFirst(lead.count)) : error.message
        }
    }

    /// Whether anything is wrong with what is drawn.
    private var hasFaults: Bool {
        statuses.values.contains { !$0.errors.isEmpty || !$0.warnings.isEmpty } || GraphMarks(hosts).count > 0
    }

    /// The exit code: 65 for input that cannot be read, 1 for faults, 0 otherwise.
    package var exitCode: Int32 { !faults.isEmpty ? 65 : hasFaults ? 1 : 0 }
}

extension ObjectKey {
    /// Whether it comes before `other`, by namespace and name.
    fileprivate func isBefore(_ other: ObjectKey) -> Bool {
        (namespace ?? "", name) < (other.namespace ?? "", other.name)
    }
}
