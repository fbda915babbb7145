package import Admission
import Kubernetes

/// All HTTPProxies of a cluster, judged as Contour judges them.
///
/// A Service that a Canary in the view is about to make is not missed; leave the canaries out for what Contour says right
/// now. Source: the order of evaluation in Contour's `internal/dag/httpproxy_processor.go`.
package struct ProxyGraph: Sendable {
    /// How often objects are visited again below one root, on whatever ways: where each object includes the next one
    /// twice, the ways double from one to the next.
    package static let repeatLimit = 1_000
    /// How many objects there may be from a root down, so that the walk's stack is bounded.
    package static let depthLimit = 100

    private let view: ClusterView
    private let settings: ContourSettings

    /// The graph of the HTTPProxies in `view`, for Contour as set up by `settings`.
    package init(_ view: ClusterView, settings: ContourSettings = ContourSettings()) {
        self.view = view
        self.settings = settings
    }

    /// The statuses and what is in force; it takes time with the number of routes.
    package func evaluation() -> ProxyEvaluation {
        let seen = view.objects(.httpProxies).filter(settings.takes).map { ProxyOutline($0) }
        let proxies = Dictionary(seen.map { ($0.key, $0) }) { first, _ in first }
        var walk = GraphWalk(proxies, in: view, settings: settings)
        let roots = proxies.values.filter(\.isRoot).sorted { GraphWalk.precedes($0.key, $1.key) }
        let byHost = Dictionary(grouping: roots, by: \.host)
        let trees = roots.map { root in
            walk.tree(of: root, rivals: (byHost[root.host] ?? []).map(\.key).filter { $0 != root.key })
        }
        let hosts = trees.sorted { left, right in
            left.host == right.host
                ? GraphWalk.precedes(left.root.key, right.root.key) : left.host < right.host
        }
        let orphans = walk.orphans()
        return ProxyEvaluation(statuses: walk.statuses, hosts: hosts, orphans: orphans, cut: walk.cut)
    }
}
