import Kubernetes

/// A root before and after its includes.
extension GraphWalk {
    /// What hangs on `root`; `rivals` are the other roots with its host.
    mutating func tree(of root: ProxyOutline, rivals: [ObjectKey]) -> HostTree {
        let checks = checks(of: root)
        let own = PlacedFaults(checks.rootFaults())
        let taken = rivals.first.map { [GraphFaults.hostTaken(root.host, by: $0)] } ?? []
        var status = ProxyStatus()
        guard status.add(upToStop: taken), status.add(upToStop: checks.rootFaults()) else {
            commit(status, to: root.key)
            return absent(root, TCPChain(root), own, taken)
        }
        let chain = TCPChain(from: root, proxy: proxy) { [self] in self.checks(of: $0).tcpFaults() }
        for (key, visit) in chain.statuses.reversed() {
            commit(visit, to: key)
            reach(key)
        }
        guard status.add(upToStop: chain.links[0].faults) && chain.isSound else {
            commit(status, to: root.key)
            return absent(root, chain, own, [])
        }
        return present(root, chain, own, status)
    }

    private mutating func present(
        _ root: ProxyOutline,
        _ chain: TCPChain,
        _ own: PlacedFaults,
        _ before: ProxyStatus
    ) -> HostTree {
        var status = before
        begin()
        var (node, routes) = visit(Place(outline: root), &status)
        let checks = checks(of: root)
        let closing = checks.closingFaults()
        let isServed = status.add(upToStop: closing)
        var faults = own.rest + closing
        if isServed, let fault = undefinedProvider(of: root, checks, routes) {
            status.add(fault)
            faults.append(fault)
        }
        markCut(root.key, in: &status)
        commit(status, to: root.key)
        node = node.with(faults)
        return HostTree(
            host: root.host,
            tls: root.tls,
            state: isServed ? .served : .withoutRoutes,
            root: node,
            tcp: chain.nodes(own: own.tcp),
            routes: isServed ? routes : []
        )
    }

    private mutating func absent(
        _ root: ProxyOutline,
        _ chain: TCPChain,
        _ own: PlacedFaults,
        _ taken: [ProxyFault]
    ) -> HostTree {
        var unused = ProxyStatus()
        let (node, _) = visit(Place(outline: root, isFollowed: false), &unused)
        return HostTree(
            host: root.host,
            tls: root.tls,
            state: .absent,
            root: node.with(taken + own.rest + checks(of: root).closingFaults()),
            tcp: chain.nodes(own: own.tcp),
            routes: []
        )
    }

    /// The first route whose provider of tokens the root does not have; the routes are served all the same.
    private func undefinedProvider(of root: ProxyOutline, _ checks: ProxyChecks, _ routes: [HostRoute]) -> ProxyFault? {
        guard root.checksTokens else { return nil }
        let names = checks.providerNames
        for route in routes {
            guard let provider = route.requiredProvider, !names.contains(provider) else { continue }
            guard route.proxy == root.key, let index = route.index else {
                return GraphFaults.childProviderUndefined(provider, by: route.proxy, hasProviders: !names.isEmpty)
            }
            return GraphFaults.ownProviderUndefined(provider, route: index, hasProviders: !names.isEmpty)
        }
        return nil
    }
}

extension ProxyNode {
    /// The same with more faults.
    fileprivate func with(_ more: [ProxyFault]) -> ProxyNode {
        ProxyNode(
            key: key,
            match: match,
            includes: includes,
            routes: routes,
            isDropped: isDropped,
            faults: more + faults
        )
    }
}
