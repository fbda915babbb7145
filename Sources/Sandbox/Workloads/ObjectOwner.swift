import JSON
import Kubernetes

/// Ownership as the sandbox's controllers write and read it.
enum ObjectOwner {
    /// The reference with which a controller owns what it made.
    static func reference(to owner: JSONValue, _ type: ResourceType) -> JSONValue {
        [
            "apiVersion": .string(type.apiVersion), "kind": .string(type.kind), "name": .string(owner.name),
            "uid": .string(owner.uid), "controller": true, "blockOwnerDeletion": true,
        ]
    }

    /// The uid of the controller of kind `type` that owns `object`; nil when there is none.
    static func uid(of object: JSONValue, _ type: ResourceType) -> String? {
        let owners = object[path: "metadata", "ownerReferences"]?.array ?? []
        let owner = owners.first { $0["controller"]?.bool == true && $0["kind"]?.string == type.kind }
        return owner?["uid"]?.string
    }
}
