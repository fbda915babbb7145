import JSON
import Kubernetes
import Sandbox

extension Stage {
    /// Copies all that there is into so many further namespaces, with uids of its own in each.
    func multiply(by count: Int) {
        for number in 0..<count {
            for type in Checkpoint.types {
                for object in cluster.objects(type) where object.namespace == "test" {
                    cluster.put(type, Self.copy(of: object, number))
                }
            }
        }
    }

    private static func copy(of object: JSONValue, _ number: Int) -> JSONValue {
        var copy = object
        copy[path: "metadata", "namespace"] = .string("test-\(number)")
        copy[path: "metadata", "uid"] = .string("\(object.uid)-\(number)")
        if var owner = object[path: "metadata", "ownerReferences"]?[0] {
            owner["uid"] = .string("\(owner["uid"]?.string ?? "")-\(number)")
            copy[path: "metadata", "ownerReferences"] = [owner]
        }
        return copy
    }
}
