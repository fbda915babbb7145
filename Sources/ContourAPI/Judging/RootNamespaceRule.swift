import JSON
import Kubernetes
import Schema

/// Contour may be told which namespaces it takes roots from.
///
/// Source: Contour's flag `--root-namespaces`.
struct RootNamespaceRule {
    private let namespaces: [String]

    /// The rule for `namespaces`; for none it finds nothing.
    init(_ namespaces: [String]) { self.namespaces = namespaces }

    func findings(in proxy: JSONValue) -> [Finding] {
        let host = proxy[path: "spec", "virtualhost"] ?? .null
        guard !namespaces.isEmpty, !host.isNull, let namespace = proxy.namespace, !namespaces.contains(namespace) else {
            return []
        }
        let list = namespaces.joined(separator: ", ")
        return [
            Finding(
                "httpproxy/root-namespace",
                at: FieldPath("spec", "virtualhost"),
                host,
                "Contour takes no root from the namespace \(namespace)",
                "put it into \(list), or leave virtualhost out and include this object from there"
            )
        ]
    }
}
