import Admission
import ContourAPI
import JSON
import Kubernetes
import Platform
import Schema
import Testing

/// Calls of the HTTPProxy webhook.
enum ProxyCalls {
    /// The HTTPProxy `web/shop` with the spec that `text` holds.
    static func proxy(_ text: String, named name: String = "shop", in namespace: String = "web") throws -> JSONValue {
        [
            "apiVersion": "projectcontour.io/v1", "kind": "HTTPProxy",
            "metadata": ["name": .string(name), "namespace": .string(namespace)],
            "spec": try JSONValue(parsing: text),
        ]
    }

    /// A view with these HTTPProxy objects and the Service `web/shop` on port 80.
    static func view(_ proxies: JSONValue...) -> ClusterView {
        var view = ClusterView()
        let service: JSONValue = [
            "metadata": ["name": "shop", "namespace": "web"], "spec": ["ports": [["port": 80], ["port": 443]]],
        ]
        view.set(.services, service)
        for proxy in proxies { view.set(.httpProxies, proxy) }
        return view
    }

    /// The verdict on `object` in place of `stored`.
    static func verdict(
        on object: JSONValue?,
        insteadOf stored: JSONValue? = nil,
        subresource: String? = nil,
        in view: ClusterView = view()
    ) throws -> Verdict {
        let named = object ?? stored ?? .null
        let request = AdmissionRequest(
            uid: "705ab4f5-6393-11e8-b7cc-42010a800002",
            group: "projectcontour.io",
            version: "v1",
            resource: "httpproxies",
            kind: "HTTPProxy",
            subresource: subresource,
            name: named.name,
            namespace: named.namespace,
            operation: object == nil ? .delete : stored == nil ? .create : .update,
            username: "ada",
            object: try object.map { try JSONDocument(parsing: $0.serialized).root },
            oldObject: try stored.map { try JSONDocument(parsing: $0.serialized).root }
        )
        return HTTPProxyValidator().verdict(on: request, in: view, now: Timestamp(seconds: 1_795_579_509))
    }

    /// The warnings among `findings` that are longer than the 120 characters after which they are cut; what follows
    /// from them may take a line of its own.
    static func cutWarnings(in findings: [Finding]) -> [String] {
        findings.filter { $0.severity == .warn }.map { "\($0.path): \($0.problem); \($0.remedy) [\($0.rule)]" }
            .filter { $0.unicodeScalars.count > 120 }
    }

    /// The findings on a new HTTPProxy with the spec `text`, warnings marked.
    static func texts(_ text: String, in view: ClusterView = view()) throws -> [String] {
        let findings = try verdict(on: proxy(text), in: view).findings
        #expect(cutWarnings(in: findings).isEmpty)
        return findings.map { ($0.severity == .warn ? "warning: " : "") + $0.text }
    }
}
