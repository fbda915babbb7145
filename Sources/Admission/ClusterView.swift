internal import HashTreeCollections
package import JSON
package import Kubernetes
package import Platform

/// An immutable picture of the cluster's objects, taken from the informers' caches and swapped whole.
///
/// Objects are kept by kind and namespace, in trees of which a change copies one path, however many objects there are
/// and whoever still holds the picture of before; canaries are found by their target too.
package struct ClusterView: Sendable {
    /// The objects of one kind by namespace (empty for a kind without) and name.
    private typealias Shelf = TreeDictionary<String, TreeDictionary<String, JSONValue>>

    /// What a canary's `targetRef` points at.
    private struct Target: Hashable {
        let namespace: String
        let kind: String
        let name: String

        init(namespace: String, kind: String, name: String) {
            self.namespace = namespace
            self.kind = kind
            self.name = name
        }

        init?(of canary: JSONValue) {
            guard let reference = canary[path: "spec", "targetRef"], let kind = reference["kind"]?.string,
                let name = reference["name"]?.string
            else { return nil }
            self.init(namespace: canary.namespace ?? "", kind: kind, name: name)
        }
    }

    private var shelves: [ResourceType: Shelf] = [:]
    /// The kinds of which not all objects may be here yet.
    private var incomplete: Set<ResourceType> = []
    /// The canaries of a target, by name.
    private var canariesByTarget: TreeDictionary<Target, [JSONValue]> = [:]
    /// Who may break the glass, as far as it is known.
    package private(set) var access = AccessTable()
    /// Where objects are found by what stands in them.
    private(set) var index = ClusterIndex()

    /// A picture of `objects`.
    package init(_ objects: [ResourceType: [ObjectKey: JSONValue]] = [:]) {
        for (type, shelf) in objects { replace(type, with: Array(shelf.values)) }
    }

    /// The object at `key`, or nil when it is not there, or its kind is not watched.
    package func object(_ type: ResourceType, _ key: ObjectKey) -> JSONValue? {
        shelves[type]?[key.namespace ?? ""]?[key.name]
    }

    /// Whether objects of `type` are known at all; where they are not, that one is missing means nothing.
    package func knows(_ type: ResourceType) -> Bool { shelves[type] != nil && !incomplete.contains(type) }

    /// Whether there is an object of `type` at all.
    package func hasObjects(_ type: ResourceType) -> Bool { shelves[type]?.isEmpty == false }

    /// Takes the objects of `type` that are here for a part of them, until it is said that they are all.
    package mutating func expect(_ type: ResourceType) { incomplete.insert(type) }

    /// Takes the objects of `type` that are here for all of them, though there be none.
    package mutating func complete(_ type: ResourceType) {
        incomplete.remove(type)
        if shelves[type] == nil { shelves[type] = [:] }
    }

    /// The objects of `type` in `namespace`, or everywhere when that is nil, in no order.
    package func objects(_ type: ResourceType, namespace: String? = nil) -> [JSONValue] {
        guard let shelf = shelves[type] else { return [] }
        guard let namespace else { return shelf.values.flatMap { Array($0.values) } }
        return shelf[namespace].map { Array($0.values) } ?? []
    }

    /// The canary whose `targetRef` points at the object `kind` `name` in `namespace`, the first by name; nil for none.
    package func canary(forTarget kind: String, namespace: String, name: String) -> JSONValue? {
        canaries(forTarget: kind, namespace: namespace, name: name).first
    }

    /// All canaries whose `targetRef` points at the object `kind` `name` in `namespace`, by name.
    package func canaries(forTarget kind: String, namespace: String, name: String) -> [JSONValue] {
        canariesByTarget[Target(namespace: namespace, kind: kind, name: name)] ?? []
    }

    /// Puts `object` into the picture in place of what was at its key.
    package mutating func set(_ type: ResourceType, _ object: JSONValue) {
        index.replace(type, self.object(type, object.key), with: object)
        if type == .canaries { unlist(object.key) }
        shelves[type, default: [:]][object.namespace ?? "", default: [:]][object.name] = object
        if type == .canaries { list(object) }
    }

    /// Takes what is at `key` out of the picture.
    package mutating func remove(_ type: ResourceType, _ key: ObjectKey) {
        index.replace(type, object(type, key), with: nil)
        if type == .canaries { unlist(key) }
        shelves[type]?[key.namespace ?? ""]?[key.name] = nil
        if shelves[type]?[key.namespace ?? ""]?.isEmpty == true { shelves[type]?[key.namespace ?? ""] = nil }
    }

    /// Takes in whether `question` is answered with yes.
    package mutating func record(_ question: AccessQuestion, isAllowed: Bool, at now: Timestamp) {
        access.record(question, isAllowed: isAllowed, at: now)
    }

    /// Puts `objects` in place of all objects of `type`.
    package mutating func replace(_ type: ResourceType, with objects: [JSONValue]) {
        for object in self.objects(type) { index.replace(type, object, with: nil) }
        if type == .canaries { canariesByTarget = [:] }
        shelves[type] = [:]
        for object in objects { set(type, object) }
    }

    private mutating func list(_ canary: JSONValue) {
        guard let target = Target(of: canary) else { return }
        canariesByTarget[target, default: []].append(canary)
        canariesByTarget[target]?.sort { $0.name < $1.name }
    }

    private mutating func unlist(_ key: ObjectKey) {
        guard let old = object(.canaries, key), let target = Target(of: old) else { return }
        canariesByTarget[target]?.removeAll { $0.name == key.name }
        if canariesByTarget[target]?.isEmpty == true { canariesByTarget[target] = nil }
    }
}
