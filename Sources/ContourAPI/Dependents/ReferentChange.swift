import Admission
import JSON
import Kubernetes

/// The change of an object that HTTPProxies may refer to.
struct ReferentChange {
    let kind: ContourKind
    let stored: JSONValue
    /// As it is to be; nil where it goes.
    let object: JSONValue?
    /// The picture with the object as it was.
    let before: ClusterView
    /// The picture with the object as it is to be.
    let after: ClusterView

    init(of kind: ContourKind, from stored: JSONValue, to object: JSONValue?, in view: ClusterView) {
        self.kind = kind
        self.stored = stored
        self.object = object
        var before = view
        before.set(kind.type, stored)
        var after = before
        if let object { after.set(kind.type, object) } else { after.remove(kind.type, stored.key) }
        // Of an object by its name all is known now, watched or not; another delegation might grant the same.
        if kind != .delegation {
            before.complete(kind.type)
            after.complete(kind.type)
        }
        self.before = before
        self.after = after
    }

    /// Who loses something; nil for nobody.
    func dependents(_ settings: ContourSettings) -> Dependents? {
        guard after.object(kind.type, stored.key)?["spec"] != stored["spec"] || kind == .secret else { return nil }
        return Dependents(among: candidates, before: before, after: after, settings: settings)
    }

    /// The HTTPProxies that refer to the object, themselves or by an ExtensionService.
    var candidates: [ObjectKey] {
        let namespace = stored.namespace ?? ""
        let own: [ObjectKey]
        switch kind {
        case .service: own = users(.leadsTo(stored.name), namespace)
        case .secret: own = users(.usesSecret(stored.name), namespace)
        case .delegation:
            let names = Set((stored["spec"]?.list("delegations") ?? []).compactMap { $0.filled("secretName") })
            let all = names.sorted().flatMap { users(.usesSecret($0), namespace) }
            own = all.filter { $0.namespace != namespace }
        case .extensionService: own = before.keys(.httpProxies, with: .usesExtension(stored.name), namespace: namespace)
        case .httpProxy: own = []
        }
        var seen: Set<ObjectKey> = []
        return own.filter { seen.insert($0).inserted }
    }

    private func users(_ word: ClusterView.Word, _ namespace: String) -> [ObjectKey] {
        let extensions = before.keys(.extensionServices, with: word, namespace: namespace)
        return before.keys(.httpProxies, with: word, namespace: namespace)
            + extensions.flatMap { key in
                before.keys(.httpProxies, with: .usesExtension(key.name), namespace: key.namespace ?? "")
            }
    }
}
