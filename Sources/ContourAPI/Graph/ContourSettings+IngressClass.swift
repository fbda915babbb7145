package import JSON
import Kubernetes

extension ContourSettings {
    /// Whether Contour looks at `proxy`; one of another ingress class is not there for it.
    package func takes(_ proxy: JSONValue) -> Bool {
        let name = Self.ingressClass(of: proxy)
        return ingressClasses.isEmpty ? name.isEmpty || name == "contour" : ingressClasses.contains(name)
    }

    /// The ingress class that `proxy` asks for, empty for none: the annotations win over the spec.
    package static func ingressClass(of proxy: JSONValue) -> String {
        let annotation =
            proxy.annotation("projectcontour.io/ingress.class") ?? proxy.annotation("kubernetes.io/ingress.class")
        if let annotation, !annotation.isEmpty { return annotation }
        return proxy[path: "spec", "ingressClassName"]?.string ?? ""
    }
}
