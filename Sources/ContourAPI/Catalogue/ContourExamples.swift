package import Admission
package import JSON
package import Kubernetes
import Platform
import Schema

/// The good manifests over which the rules' examples are merged, and the cluster that they are applied to.
package enum ContourExamples {
    /// How Contour is set up there.
    package static let settings = ContourSettings(
        rootNamespaces: ["test", "web"],
        fallbackCertificate: ObjectKey(namespace: "test", name: "fallback"),
        clientCertificate: ObjectKey(namespace: "test", name: "client")
    )

    /// How it is set up for the examples of `rule`, of which one is about what is not set up.
    static func settings(for rule: Rule) -> ContourSettings {
        var settings = settings
        if rule.id == "httpproxy/fallback-not-configured" { settings.fallbackCertificate = nil }
        return settings
    }

    /// The settings in words.
    static let setup = """
        Contour takes roots from the namespaces `test` and `web` (`--contour-root-namespaces test,web`); its fallback \
        certificate is `test/fallback` (but for the rule that wants one), the one that Envoy shows to services \
        `test/client`. Of Secrets the values are left out; what was read from a certificate stands in `notAfter` and \
        `isPair`.
        """

    /// The time at which the examples are judged.
    static let now = Timestamp(seconds: 1_795_579_509)

    /// The good manifest of a kind, in the namespace `test`.
    package static func good(_ kind: ContourKind) -> JSONValue {
        var object: JSONValue = [
            "apiVersion": .string(kind.type.apiVersion),
            "kind": .string(kind.rawValue),
            "metadata": ["name": .string(name(of: kind)), "namespace": "test"],
        ]
        switch kind {
        case .httpProxy:
            object["spec"] = [
                "virtualhost": ["fqdn": "podinfo.example"],
                "routes": [["services": [["name": "podinfo", "port": 80]]]],
            ]
        case .delegation:
            object["spec"] = ["delegations": [["secretName": "podinfo-tls", "targetNamespaces": ["web"]]]]
        case .service:
            object["spec"] = ["selector": ["app": "podinfo"], "ports": [["name": "http", "port": 80]]]
        case .secret:
            object["type"] = "kubernetes.io/tls"
            object["data"] = ["tls.crt": "", "tls.key": ""]
        case .extensionService:
            object["spec"] = ["services": [["name": "podinfo", "port": 80]]]
        }
        return object
    }

    /// What else is there: the Secrets that the good ones and Contour itself refer to.
    static let neighbours: [JSONValue] =
        ["fallback", "client"].map { secret($0, keys: ["tls.crt", "tls.key"]) } + [
            secret("podinfo-ca", keys: ["ca.crt"])
        ]

    private static func secret(_ name: String, keys: [String]) -> JSONValue {
        var secret = good(.secret)
        secret[path: "metadata", "name"] = .string(name)
        secret["type"] = keys.count > 1 ? "kubernetes.io/tls" : "Opaque"
        var data = JSONObject()
        for key in keys { data[key] = "" }
        secret["data"] = .object(data)
        return secret
    }

    private static func name(of kind: ContourKind) -> String {
        switch kind {
        case .httpProxy, .service: "podinfo"
        case .delegation, .secret: "podinfo-tls"
        case .extensionService: "authorization"
        }
    }

    /// The kinds of which the cluster is known to have no more objects than are said.
    package static let kinds: [ResourceType] = ContourKind.allCases.map(\.type) + [.canaries, .namespaces]

    /// The cluster in which an object of `kind` is judged: the good ones of the other kinds, and `objects` beside or in
    /// place of them.
    package static func view(judging kind: ContourKind, with objects: [JSONValue]) -> ClusterView {
        var view = ClusterView()
        for type in kinds { view.replace(type, with: []) }
        for object in ContourKind.allCases.filter({ $0 != kind }).map(good) + neighbours + objects {
            guard let type = kinds.first(where: { $0.kind == object["kind"]?.string }) else { continue }
            view.set(type, object)
        }
        return view
    }
}
