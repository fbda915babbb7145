package import JSON
package import Kubernetes

/// Where objects are found by what stands in them: which canaries have names that may collide, which HTTPProxies a host
/// name, and which objects a word that others ask for.
///
/// Without it, each of many objects would be held against all others.
struct ClusterIndex: Sendable {
    /// What objects are found by.
    enum Term: Hashable, Sendable {
        /// A canary's target or service, without the endings of what is made for it.
        case canary(namespace: String, stem: String)
        /// An HTTPProxy's host name, lower case.
        case host(String)
        /// An object of a type, by a word of it that `ClusterView.Word` names.
        case word(ResourceType, namespace: String, ClusterView.Word)
    }

    private var keys: [Term: Set<ObjectKey>] = [:]

    /// The objects that are found by `term`, in no order.
    func keys(_ term: Term) -> Set<ObjectKey> { keys[term] ?? [] }

    /// Takes `new` in where `old`, the object of the same key, was; nil for none.
    ///
    /// Nothing is copied where both are found by the same, as with most changes.
    mutating func replace(_ type: ResourceType, _ old: JSONValue?, with new: JSONValue?) {
        let before = old.map { Self.terms(of: $0, type) } ?? []
        let after = new.map { Self.terms(of: $0, type) } ?? []
        guard before != after, let key = (new ?? old)?.key else { return }
        for term in before.subtracting(after) {
            keys[term]?.remove(key)
            if keys[term]?.isEmpty == true { keys[term] = nil }
        }
        for term in after.subtracting(before) { keys[term, default: []].insert(key) }
    }

    /// `name` without `-primary` and `-canary` at its end: names of which one is made of the other have the same.
    static func stem(of name: String) -> String {
        var stem = name[...]
        while let ending = ["-primary", "-canary"].first(where: { stem.hasSuffix($0) }) {
            stem = stem.dropLast(ending.count)
        }
        return String(stem)
    }

    private static func terms(of object: JSONValue, _ type: ResourceType) -> Set<Term> {
        var terms: Set<Term> = []
        if type == .canaries {
            let names = [object[path: "spec", "targetRef", "name"], object[path: "spec", "service", "name"]]
            let namespace = object.namespace ?? ""
            for name in names.compactMap({ $0?.string }) {
                terms.insert(.canary(namespace: namespace, stem: stem(of: name)))
            }
        }
        if type == .httpProxies, let host = object[path: "spec", "virtualhost", "fqdn"]?.string, !host.isEmpty {
            terms.insert(.host(host.lowercased()))
        }
        for (namespace, word) in ClusterView.Word.all(of: object, type) {
            terms.insert(.word(type, namespace: namespace, word))
        }
        return terms
    }
}

extension ClusterView {
    /// The canaries in `namespace` whose target or service is called as one of `names`, or so that what is made for one
    /// is called as the other; by name, and perhaps some more.
    package func canaries(namedLike names: [String], namespace: String?) -> [JSONValue] {
        let terms = Set(names.map { ClusterIndex.stem(of: $0) })
        let keys = terms.reduce(into: Set<ObjectKey>()) { keys, stem in
            keys.formUnion(index.keys(.canary(namespace: namespace ?? "", stem: stem)))
        }
        return keys.sorted { $0.name < $1.name }.compactMap { object(.canaries, $0) }
    }

    /// The HTTPProxies with the host name `host`, whatever its letters' case, in no order.
    package func proxies(withHost host: String) -> [JSONValue] {
        index.keys(.host(host.lowercased())).compactMap { object(.httpProxies, $0) }
    }

    /// The objects of `type` that have `word` for `namespace`, by namespace and name.
    package func objects(_ type: ResourceType, with word: Word, namespace: String) -> [JSONValue] {
        index.keys(.word(type, namespace: namespace, word))
            .sorted { ($0.namespace ?? "", $0.name) < ($1.namespace ?? "", $1.name) }.compactMap { object(type, $0) }
    }
}
