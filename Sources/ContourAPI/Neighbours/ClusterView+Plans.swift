package import Admission
package import JSON
package import Kubernetes

extension ClusterView {
    /// Whether a Canary will make the object at `key`, if it has not yet: three Services, and with Contour an HTTPProxy,
    /// named after what it serves.
    package func isToBeMade(_ type: ResourceType, _ key: ObjectKey) -> Bool {
        canaries(namedLike: [key.name], namespace: key.namespace).contains { canary in
            if type == .httpProxies { return CanaryObjects(canary)?.apex == key.name }
            guard let apex = Self.apex(of: canary) else { return false }
            return [apex, "\(apex)-primary", "\(apex)-canary"].contains(key.name)
        }
    }

    /// What the objects that `canary` makes are named after.
    package static func apex(of canary: JSONValue) -> String? {
        canary[path: "spec", "service", "name"]?.string ?? canary[path: "spec", "targetRef", "name"]?.string
    }
}
