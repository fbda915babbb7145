import JSON
import Kubernetes

/// States of the past.
extension ClusterState {
    /// The objects of `kind` as they were at `version`, by namespace and name; nil where that is forgotten.
    ///
    /// Those of other namespaces than `namespace`, where it is not nil, may be missing.
    mutating func sorted(_ kind: Kind, in namespace: String?, at version: Int) -> [JSONValue]? {
        guard version < self.version else { return sorted(kind, in: namespace) }
        guard version >= floor else { return nil }
        var past = objects[kind]
        for entry in log.reversed() {
            guard entry.version > version else { break }
            guard entry.kind == kind, let key = entry.key else { continue }
            past[key] = entry.previous
        }
        return Self.sorted(past)
    }
}

extension ClusterState.Entry {
    /// The object that changed.
    var key: ObjectKey? {
        switch event {
        case .added(let object), .modified(let object), .deleted(let object): object.key
        case .bookmark: nil
        }
    }
}
