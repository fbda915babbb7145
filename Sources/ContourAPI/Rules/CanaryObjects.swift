import Admission
import JSON
import Kubernetes

/// What a Canary calls the objects that it makes for Contour.
struct CanaryObjects {
    /// The Canary.
    let canary: ObjectKey
    /// The HTTPProxy and the Service that users call.
    let apex: String

    /// The names of `canary`'s objects; nil where it is none of Contour's, or says too little.
    init?(_ canary: JSONValue) {
        guard let spec = canary["spec"], let apex = ClusterView.apex(of: canary) else { return nil }
        let provider = spec["provider"]?.string ?? ""
        guard provider.isEmpty || provider == "contour" else { return nil }
        self.canary = canary.key
        self.apex = apex
    }

    /// The Service of the pods under analysis.
    var underAnalysis: String { "\(apex)-canary" }

    /// All its Services.
    var services: [String] { [apex, "\(apex)-primary", underAnalysis] }

    /// Its HTTPProxy.
    var proxy: ObjectKey { ObjectKey(namespace: canary.namespace, name: apex) }
}
