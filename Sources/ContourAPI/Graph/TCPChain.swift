import Kubernetes
import Schema

/// The objects that a root's TLS connections are passed by: itself, and one TCP include after the other.
struct TCPChain {
    /// An object of the chain, and what Contour records on it for its `tcpproxy`.
    struct Link {
        let outline: ProxyOutline
        /// What is wrong with its `tcpproxy`, all of it; of the root only what the include leads to.
        var faults: [ProxyFault]
    }

    /// The root first.
    private(set) var links: [Link]
    /// Whether Contour goes on with the root.
    private(set) var isSound = true

    /// The chain of `root` alone, where Contour does not get to what it includes.
    init(_ root: ProxyOutline) { links = [Link(outline: root, faults: [])] }

    /// The chain from `root`, whose own part is taken for sound.
    ///
    /// `proxy` gives the HTTPProxy at a key as Contour sees it, `faults` what is wrong with an object's `tcpproxy` by
    /// itself.
    init(
        from root: ProxyOutline,
        proxy: (ObjectKey) -> ProxyOutline?,
        faults: (ProxyOutline) -> [ProxyFault]
    ) {
        self.init(root)
        var holder = root
        while let target = holder.tcpTarget, links.count <= ProxyGraph.depthLimit {
            let child = proxy(target)
            let above = links.map(\.outline.key)
            if let fault = GraphFaults.tcpInclude(of: holder, to: child, above: above) {
                links[links.count - 1].faults.append(fault)
                isSound = false
                return
            }
            guard let child else { return }
            guard child.hasTCP else {
                links[links.count - 1].faults.append(GraphFaults.tcpIncludeEmpty(of: holder, target))
                links.append(Link(outline: child, faults: []))
                return
            }
            links.append(Link(outline: child, faults: faults(child)))
            guard !links[links.count - 1].faults.contains(where: { $0.reach == .stop }) else {
                isSound = false
                return
            }
            holder = child
        }
    }

    /// What Contour records on each object but the root.
    var statuses: [(key: ObjectKey, status: ProxyStatus)] {
        links.dropFirst().map { link in
            var status = ProxyStatus()
            _ = status.add(upToStop: link.faults)
            return (link.outline.key, status)
        }
    }

    /// The chain as it stands in a tree; `own` is what is wrong with the root's part.
    func nodes(own: [ProxyFault]) -> [TCPNode] {
        guard links[0].outline.hasTCP else { return [] }
        return links.enumerated().map { index, link in
            let all = (index == 0 ? own : []) + link.faults
            let faults = Dictionary(grouping: all) { RouteOutcome.service(of: $0.finding.path, in: "spec.tcpproxy") }
            return TCPNode(
                key: link.outline.key,
                backends: RouteBackend.tcp(
                    link.outline.tcpServices,
                    in: link.outline.key.namespace,
                    faults: faults.reduce(into: [:]) { byPlace, entry in
                        if let place = entry.key { byPlace[place] = entry.value }
                    }
                ),
                faults: faults[nil] ?? []
            )
        }
    }
}
