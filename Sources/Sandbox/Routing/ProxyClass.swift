import JSON
import Kubernetes

/// Which HTTPProxies the simulated Contour looks at.
enum ProxyClass {
    private static let annotations = ["projectcontour.io/ingress.class", "kubernetes.io/ingress.class"]

    /// Whether the object is of no class or of Contour's default one; the annotations win over the spec.
    static func includes(_ proxy: JSONValue) -> Bool {
        let annotated = annotations.lazy.compactMap { proxy.annotation($0) }.first
        let name = annotated ?? proxy[path: "spec", "ingressClassName"]?.string ?? ""
        return name.isEmpty || name == "contour"
    }
}
