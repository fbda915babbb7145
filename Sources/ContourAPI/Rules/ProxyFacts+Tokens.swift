import JSON
import Kubernetes
import Schema

/// Providers of tokens that routes require and roots have.
extension ProxyFacts {
    /// How many objects below a root are looked at.
    private static let objectLimit = 500

    mutating func checkTokens() {
        if outline.isRoot { checkProviders() } else { checkRequirements() }
    }

    private mutating func checkProviders() {
        guard outline.checksTokens else { return }
        let names = checks.providerNames
        for index in outline.routes.indices {
            guard let provider = checks.requiredProvider(ofRoute: index), !names.contains(provider) else { continue }
            add(GraphFaults.ownProviderUndefined(provider, route: index, hasProviders: !names.isEmpty))
        }
        var seen: Set<ObjectKey> = [outline.key]
        var pending = outline.includes.map(\.target)
        while let key = pending.popLast() {
            guard seen.insert(key).inserted, let child = around.proxy(key), !child.isRoot else { continue }
            guard seen.count <= Self.objectLimit else {
                isCut = true
                return
            }
            if let provider = required(by: child).first(where: { !names.contains($0) }) {
                add(GraphFaults.childProviderUndefined(provider, by: key, hasProviders: !names.isEmpty))
                // Contour reports the first of them alone, and so is one finding enough for one gap.
                return
            }
            pending += child.includes.map(\.target)
        }
    }

    /// The providers that the routes of `child` require.
    private func required(by child: ProxyOutline) -> [String] {
        let routes = child.routes
        guard routes.contains(where: { $0["jwtVerificationPolicy"]?.object != nil }) else { return [] }
        let checks = around.checks(of: child)
        return routes.indices.compactMap { checks.requiredProvider(ofRoute: $0) }
    }

    private mutating func checkRequirements() {
        let roots = ways.open.map(\.root).filter(\.checksTokens)
        guard !roots.isEmpty else { return }
        for index in outline.routes.indices {
            guard let provider = checks.requiredProvider(ofRoute: index) else { continue }
            for root in roots {
                let names = around.checks(of: root).providerNames
                guard !names.contains(provider) else { continue }
                add(
                    GraphFaults.providerMissingAbove(
                        provider,
                        route: index,
                        root: root.key,
                        hasProviders: !names.isEmpty
                    )
                )
                break
            }
        }
    }
}
