import FlaggerAPI
import JSON
import Kubernetes

/// Whose an object is.
enum Ownership {
    /// Nil when `canary` owns `object`; else whose it is, in words: `owned by HelmRelease web`, `owned by nobody`.
    static func foreign(_ object: JSONValue, to canary: Canary) -> String? {
        let owners = object[path: "metadata", "ownerReferences"]?.array ?? []
        if owners.contains(where: { $0["uid"]?.string == canary.object.uid }) { return nil }
        guard let owner = controller(of: object) else { return "owned by nobody" }
        let kind = owner["kind"]?.string ?? ""
        let name = owner["name"]?.string ?? ""
        let isNamesake = kind == "Canary" && name == canary.name
        return "owned by \(isNamesake ? "an earlier " : "")\(kind) \(name)"
    }

    /// Whether another Canary of the cluster than `canary` made `object`; one of an earlier `canary` is to go.
    static func isOfAnother(_ object: JSONValue, than canary: Canary) -> Bool {
        guard let owner = controller(of: object), owner["kind"] == "Canary" else { return false }
        return owner["uid"]?.string != canary.object.uid && owner["name"]?.string != canary.name
    }

    private static func controller(of object: JSONValue) -> JSONValue? {
        let owners = object[path: "metadata", "ownerReferences"]?.array ?? []
        return owners.first { $0["controller"]?.bool == true } ?? owners.first
    }
}
