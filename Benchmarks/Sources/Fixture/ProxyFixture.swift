package import Admission
package import JSON
package import Kubernetes

/// A cluster of 5,000 HTTPProxies with 20 routes each, in 50 namespaces: 250 roots that include four children each, of
/// which each includes three or four leaves.
package enum ProxyFixture {
    private static let namespaces = 50
    private static let roots = 250
    private static let children = 1_000
    private static let leaves = 3_750

    /// One of each kind.
    package static let samples: [(name: String, key: ObjectKey)] = [
        ("a root", key("root", 7)), ("a child", key("child", 7)), ("a leaf", key("leaf", 7)),
    ]

    /// The picture, with the Services, and Secrets and delegations that are known to be none but the roots'.
    package static func view() throws -> ClusterView {
        var proxies: [JSONValue] = []
        for number in 0..<roots {
            let included = stride(from: number, to: children, by: roots).map { key("child", $0) }
            proxies.append(try proxy(key("root", number), including: included, host: "app-\(number).example.com"))
        }
        for number in 0..<children {
            let included = stride(from: number, to: leaves, by: children).map { key("leaf", $0) }
            proxies.append(try proxy(key("child", number), including: included))
        }
        for number in 0..<leaves { proxies.append(try proxy(key("leaf", number), including: [])) }
        var view = ClusterView()
        view.replace(.httpProxies, with: proxies)
        view.replace(.services, with: (0..<namespaces).flatMap { services("ns-\($0)") })
        view.replace(.secrets, with: (0..<namespaces).map { secret("ns-\($0)") })
        view.replace(.tlsCertificateDelegations, with: [])
        view.replace(.extensionServices, with: [])
        view.replace(.canaries, with: [])
        return view
    }

    /// The AdmissionReview of an update that changes a timeout of the HTTPProxy at `key`.
    package static func review(_ key: ObjectKey, in view: ClusterView) -> [UInt8] {
        let stored = view.object(.httpProxies, key) ?? .null
        var routes = stored[path: "spec", "routes"]?.array ?? []
        routes[0]["timeoutPolicy"] = ["response": "31s"]
        var object = stored
        object[path: "spec", "routes"] = .array(routes)
        let request: JSONValue = [
            "uid": "705ab4f5-6393-11e8-b7cc-42010a800002",
            "kind": ["group": "projectcontour.io", "version": "v1", "kind": "HTTPProxy"],
            "resource": ["group": "projectcontour.io", "version": "v1", "resource": "httpproxies"],
            "name": .string(key.name), "namespace": .string(key.namespace ?? ""), "operation": "UPDATE",
            "userInfo": ["username": "ada"], "object": object, "oldObject": stored, "dryRun": false,
        ]
        let review: JSONValue = [
            "apiVersion": "admission.k8s.io/v1", "kind": "AdmissionReview", "request": request,
        ]
        return review.serialized
    }

    /// `proxy` with a route that leads to another Service.
    package static func rerouted(_ proxy: JSONValue) -> JSONValue {
        var routes = proxy[path: "spec", "routes"]?.array ?? []
        routes[3]["services"] = [["name": "other", "port": 80]]
        var proxy = proxy
        proxy[path: "spec", "routes"] = .array(routes)
        return proxy
    }

    /// `proxy` as Contour has reported on it.
    package static func reported(_ proxy: JSONValue) -> JSONValue {
        var proxy = proxy
        proxy["status"] = ["currentStatus": "valid", "description": "Valid HTTPProxy"]
        return proxy
    }

    private static func key(_ role: String, _ number: Int) -> ObjectKey {
        ObjectKey(namespace: "ns-\(number % namespaces)", name: "\(role)-\(number)")
    }

    private static func proxy(_ key: ObjectKey, including: [ObjectKey], host: String? = nil) throws -> JSONValue {
        let routes = (0..<20).map { number in
            """
            {"conditions":[{"prefix":"/\(key.name)/part-\(number)"},{"header":{"name":"x-team","present":true}}],
             "timeoutPolicy":{"response":"30s"},"services":[
               {"name":"web-\(number)","port":80,"weight":90},{"name":"web-\((number + 1) % 20)","port":80,"weight":10}]}
            """
        }
        let includes = including.map { child in
            """
            {"name":"\(child.name)","namespace":"\(child.namespace ?? "")","conditions":[{"prefix":"/\(child.name)"}]}
            """
        }
        let virtualHost = host.map { #""virtualhost":{"fqdn":"\#($0)","tls":{"secretName":"tls"}},"# } ?? ""
        return try JSONValue(
            parsing: """
                {"apiVersion":"projectcontour.io/v1","kind":"HTTPProxy",
                 "metadata":{"name":"\(key.name)","namespace":"\(key.namespace ?? "")","resourceVersion":"1",
                   "generation":1,"uid":"uid-\(key.name)"},
                 "spec":{\(virtualHost)"includes":[\(includes.joined(separator: ","))],
                   "routes":[\(routes.joined(separator: ","))]}}
                """
        )
    }

    private static func services(_ namespace: String) -> [JSONValue] {
        (0..<20).map { number in
            [
                "metadata": ["name": "web-\(number)", "namespace": .string(namespace)],
                "spec": ["ports": [["port": 80, "name": "http"]]],
            ]
        }
    }

    private static func secret(_ namespace: String) -> JSONValue {
        [
            "metadata": ["name": "tls", "namespace": .string(namespace)], "type": "kubernetes.io/tls",
            "data": ["tls.crt": "", "tls.key": ""],
        ]
    }
}
