import FlaggerAPI
import JSON
import Kubernetes

/// Whose an object is.
enum Ownership {
    /// Nil when `canary` owns `object`; else whose it is, in words: `owned by HelmRelease web`, `owned by nobody`.
    static func foreign(_ object: JSONValue, to canary: Canary) -> String? {
        let owners = object[path: "metadata", "ownerReferences"]?.array ?? []
        if owners.contains(where: { $0["uid"]?.string == canary.object.uid }) { return nil }
        guard let owner = owners.first(where: { $0["controller"]?.bool == true }) ?? owners.first else {
            return "owned by nobody"
        }
        let kind = owner["kind"]?.string ?? ""
        let name = owner["name"]?.string ?? ""
        let isNamesake = kind == "Canary" && name == canary.name
        return "owned by \(isNamesake ? "an earlier " : "")\(kind) \(name)"
    }
}
