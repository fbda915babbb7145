internal import HashTreeCollections
package import JSON
package import Kubernetes

/// Where objects are found by what stands in them: which canaries have names that may collide, which HTTPProxies a host
/// name, and which objects a word that others ask for.
///
/// Without it, each of many objects would be held against all others. A change copies the paths to the terms that it
/// adds and takes away, and nothing where there are none.
struct ClusterIndex: Sendable {
    /// What objects of one type are found by.
    enum Term: Hashable, Sendable {
        /// A canary's target or service, without the endings of what is made for it.
        case canary(namespace: String, stem: String)
        /// An HTTPProxy's host name, lower case.
        case host(String)
        /// A word that `ClusterView.Word` names.
        case word(namespace: String, ClusterView.Word)
    }

    /// The objects of a term: most terms have one, and some thousands.
    private enum Found: Sendable {
        case one(ObjectKey)
        case many(TreeSet<ObjectKey>)
    }

    private var found: [ResourceType: TreeDictionary<Term, Found>] = [:]

    /// The objects of `type` that are found by `term`, in no order.
    func keys(_ type: ResourceType, _ term: Term) -> [ObjectKey] {
        switch found[type]?[term] {
        case nil: []
        case .one(let key): [key]
        case .many(let keys): Array(keys)
        }
    }

    /// How many objects of `type` are found by `term`.
    func count(_ type: ResourceType, _ term: Term) -> Int {
        switch found[type]?[term] {
        case nil: 0
        case .one: 1
        case .many(let keys): keys.count
        }
    }

    /// Takes `new` in where `old`, the object of the same key, was; nil for none.
    ///
    /// All terms stand in the spec: where that is as it was, as with every change of a status, there is nothing to do.
    mutating func replace(_ type: ResourceType, _ old: JSONValue?, with new: JSONValue?) {
        if let old, let new, old["spec"] == new["spec"] { return }
        guard let key = (new ?? old)?.key else { return }
        let before = old.map { Self.terms(of: $0, type) } ?? []
        let after = new.map { Self.terms(of: $0, type) } ?? []
        for term in before where !after.contains(term) { remove(key, type, term) }
        for term in after where !before.contains(term) { insert(key, type, term) }
    }

    private mutating func insert(_ key: ObjectKey, _ type: ResourceType, _ term: Term) {
        switch found[type]?[term] {
        case nil: found[type, default: [:]][term] = .one(key)
        case .one(let other): found[type]?[term] = .many([other, key])
        case .many(var keys):
            keys.insert(key)
            found[type]?[term] = .many(keys)
        }
    }

    private mutating func remove(_ key: ObjectKey, _ type: ResourceType, _ term: Term) {
        switch found[type]?[term] {
        case nil: break
        case .one: found[type]?[term] = nil
        case .many(var keys):
            keys.remove(key)
            found[type]?[term] = keys.count == 1 ? keys.first.map { .one($0) } : .many(keys)
        }
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
            terms.insert(.word(namespace: namespace, word))
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
            keys.formUnion(index.keys(.canaries, .canary(namespace: namespace ?? "", stem: stem)))
        }
        return keys.sorted { $0.name < $1.name }.compactMap { object(.canaries, $0) }
    }

    /// The HTTPProxies with the host name `host`, whatever its letters' case, in no order.
    package func proxies(withHost host: String) -> [JSONValue] {
        index.keys(.httpProxies, .host(host.lowercased())).compactMap { object(.httpProxies, $0) }
    }

    /// The objects of `type` that have `word` for `namespace`, by namespace and name.
    package func objects(_ type: ResourceType, with word: Word, namespace: String) -> [JSONValue] {
        keys(type, with: word, namespace: namespace).compactMap { object(type, $0) }
    }

    /// Where the objects of `type` are that have `word` for `namespace`, by namespace and name.
    package func keys(_ type: ResourceType, with word: Word, namespace: String) -> [ObjectKey] {
        index.keys(type, .word(namespace: namespace, word))
            .sorted { ($0.namespace ?? "", $0.name) < ($1.namespace ?? "", $1.name) }
    }

    /// How many objects of `type` have `word` for `namespace`.
    package func count(_ type: ResourceType, with word: Word, namespace: String) -> Int {
        index.count(type, .word(namespace: namespace, word))
    }
}
