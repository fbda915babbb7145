import FlaggerAPI
import Kubernetes

/// A ConfigMap or Secret of the Canary's namespace, by its name.
struct ConfigName: Hashable, Comparable {
    /// Which of the two.
    enum Kind: String, Hashable {
        case configMap = "ConfigMap"
        case secret = "Secret"

        /// Where the API server has them.
        var resourceType: ResourceType { self == .configMap ? .configMaps : .secrets }
    }

    /// Which of the two.
    let kind: Kind
    /// The name.
    let name: String

    /// `configmap/app-config`.
    var label: String { "\(kind.rawValue.lowercased())/\(name)" }

    /// The name of the primary's copy: Flagger's.
    var primaryName: String { "\(name)-primary" }

    /// The name of the copy where another Canary reads the same one and has the usual name.
    func ownName(of canary: Canary) -> String { "\(name)-\(canary.primaryName)" }

    static func < (left: ConfigName, right: ConfigName) -> Bool {
        (left.kind.rawValue, left.name) < (right.kind.rawValue, right.name)
    }
}
