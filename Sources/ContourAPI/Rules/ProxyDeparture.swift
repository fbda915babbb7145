import Admission
import JSON
import Kubernetes
import Schema

/// What a change or the deletion of an HTTPProxy does to others.
struct ProxyDeparture {
    /// How many children are looked at.
    private static let childLimit = 64

    private let stored: ProxyOutline
    private let before: ProxyNeighbours
    private let after: ProxyNeighbours
    /// The object as it is to be; nil where it is deleted.
    private let next: ProxyOutline?

    /// The change of `stored` to `next`, or its deletion where that is nil.
    init(of stored: JSONValue, to next: JSONValue?, in view: ClusterView, settings: ContourSettings) {
        self.stored = ProxyOutline(stored)
        let before = ProxyNeighbours(of: stored, in: view, settings: settings)
        self.before = before
        // What changes to another class is gone for those of its own.
        let stays = next.map { before.sees($0) } ?? false
        self.next = stays ? next.map { ProxyOutline($0) } : nil
        after = ProxyNeighbours(
            of: stays ? next ?? stored : stored,
            isGone: !stays,
            in: view,
            settings: settings
        )
    }

    /// What others lose.
    func findings() -> [Finding] {
        guard next == nil || !endangered().isEmpty, Ways(to: stored, among: before).isReached else { return [] }
        return (next == nil ? stillIncluded().map { [$0] } ?? [] : []) + (orphaned().map { [$0] } ?? [])
    }

    /// Objects that include what goes.
    private func stillIncluded() -> Finding? {
        let holders = before.holders(of: stored.key).filter(isReached)
        if let holder = holders.first, let include = holder.includes(of: stored.key).first {
            return included(by: holder.key, of: holders.count, "IncludeError", GraphFaults.effect(ofLosing: include))
        }
        let tcp = before.tcpHolders(of: stored.key).filter(isReached)
        return tcp.first.map {
            included(by: $0.key, of: tcp.count, "TCPProxyIncludeError", "the host above is not served")
        }
    }

    /// Whether a root leads to another object, so that its loss is felt.
    private func isReached(_ holder: ProxyOutline) -> Bool {
        holder.key != stored.key && Ways(to: holder, among: before).isReached
    }

    private func included(by holder: ObjectKey, of count: Int, _ type: String, _ effect: String) -> Finding {
        Finding(
            rule: "httpproxy/still-included",
            severity: .warn,
            path: "metadata.name",
            value: stored.key.name,
            problem: "\(holder)\(count > 1 ? " and \(count - 1) more" : "") include\(count > 1 ? "" : "s") it",
            remedy: "take the include out",
            effect: effect,
            reported: GraphFaults.contour(type, "IncludeNotFound")
        )
    }

    /// The children that it holds no longer.
    private func endangered() -> [ObjectKey] {
        let targets = stored.includes.map(\.target) + (stored.tcpTarget.map { [$0] } ?? [])
        let kept = Set(next.map { next in next.includes.map(\.target) + (next.tcpTarget.map { [$0] } ?? []) } ?? [])
        // A root that stays one keeps its children as long as it includes them; whether it is sound is told elsewhere.
        let isHolding = next.map { $0.isRoot == stored.isRoot } ?? false
        var seen: Set<ObjectKey> = []
        return targets.filter { seen.insert($0).inserted && !(isHolding && kept.contains($0)) }
    }

    /// Children that no root leads to any more.
    private func orphaned() -> Finding? {
        let children = endangered().prefix(Self.childLimit).filter { isOrphaned($0) }
        guard let first = children.first else { return nil }
        return Finding(
            rule: "httpproxy/children-orphaned",
            severity: .warn,
            path: next == nil ? "metadata.name" : "spec.includes",
            value: next == nil ? stored.key.name : nil,
            problem: "no root leads to \(first)\(children.count > 1 ? " and \(children.count - 1) more" : "") then",
            remedy: "include it elsewhere",
            effect: "what is orphaned gets no requests",
            reported: GraphFaults.contour("Orphaned", "Orphaned")
        )
    }

    private func isOrphaned(_ key: ObjectKey) -> Bool {
        guard key != stored.key, let child = after.proxy(key), !child.isRoot else { return false }
        return Ways(to: child, among: before).isReached && !Ways(to: child, among: after).isReached
    }
}
