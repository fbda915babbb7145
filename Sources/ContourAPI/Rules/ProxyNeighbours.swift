import Admission
import JSON
import Kubernetes

/// The HTTPProxies of one object's ingress class, with that object as it is to be in place of what is stored.
struct ProxyNeighbours {
    /// The object that is judged: it, or nothing where it goes.
    private enum Change {
        case to(ProxyOutline)
        case gone(ObjectKey)

        var key: ObjectKey {
            switch self {
            case .to(let outline): outline.key
            case .gone(let key): key
            }
        }
    }

    let view: ClusterView
    let settings: ContourSettings
    private let change: Change
    /// Whether Contour as it is set up takes the object; of those that it does not the class' name tells.
    private let isTaken: Bool
    private let ingressClass: String

    /// The surroundings of `proxy`, which takes its own place in them; of nothing there where it is `gone`.
    init(of proxy: JSONValue, isGone: Bool = false, in view: ClusterView, settings: ContourSettings) {
        self.view = view
        self.settings = settings
        change = isGone ? .gone(proxy.key) : .to(ProxyOutline(proxy))
        isTaken = settings.takes(proxy)
        ingressClass = ContourSettings.ingressClass(of: proxy)
    }

    /// The HTTPProxy at `key`; nil for none, or for one of another class.
    func proxy(_ key: ObjectKey) -> ProxyOutline? {
        if key == change.key {
            guard case .to(let outline) = change else { return nil }
            return outline
        }
        guard let object = view.object(.httpProxies, key), sees(object) else { return nil }
        return ProxyOutline(object)
    }

    /// Whether all HTTPProxies are known, so that one that is missing means something.
    var areAllKnown: Bool { view.knows(.httpProxies) }

    /// Whether `other` is of the same class.
    func sees(_ other: JSONValue) -> Bool {
        isTaken ? settings.takes(other) : ContourSettings.ingressClass(of: other) == ingressClass
    }

    /// The HTTPProxies that include the one at `key`, by namespace and name.
    func holders(of key: ObjectKey) -> [ProxyOutline] {
        candidates(for: key).filter { !$0.includes(of: key).isEmpty }
    }

    /// The HTTPProxies whose `tcpproxy` leads to the one at `key`, by namespace and name.
    func tcpHolders(of key: ObjectKey) -> [ProxyOutline] { candidates(for: key).filter { $0.tcpTarget == key } }

    private func candidates(for key: ObjectKey) -> [ProxyOutline] {
        let found = view.objects(.httpProxies, with: .includes(key.name), namespace: key.namespace ?? "")
        let others = found.filter { $0.key != change.key && sees($0) }.map { ProxyOutline($0) }
        guard case .to(let outline) = change else { return others }
        return others + [outline]
    }

    /// The other roots with the host of `root`, those that are being deleted left out; by namespace and name.
    func rivals(of root: ProxyOutline) -> [ObjectKey] {
        guard !root.host.isEmpty else { return [] }
        var keys = view.proxies(withHost: root.host)
            .filter { other in
                other.key != root.key && other.key != change.key && sees(other)
                    && other[path: "metadata", "deletionTimestamp"]?.string == nil
            }
            .map(\.key)
        if case .to(let outline) = change, outline.key != root.key, outline.isRoot, outline.host == root.host {
            keys.append(outline.key)
        }
        return keys.sorted(by: GraphWalk.precedes)
    }

    /// The checks of an object by itself.
    func checks(of outline: ProxyOutline) -> ProxyChecks {
        ProxyChecks(
            outline.object,
            among: Neighbourhood(of: outline.key.namespace ?? "", in: view, settings: settings)
        )
    }
}
