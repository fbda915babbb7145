import HTTP
import JSON
import Kubernetes
import Platform

/// Where a webhook is called, and whom to trust there.
struct WebhookTarget: Sendable {
    /// Host, port and path; a Service's host is `name.namespace.svc`.
    let endpoint: HTTPEndpoint
    /// The Service; nil for a URL.
    let service: ObjectKey?
    /// The authorities in PEM; nil for the system's.
    let authorities: [UInt8]?

    /// What the `clientConfig` of a registration says.
    ///
    /// - Throws: `WebhookFailure` for what is no https URL.
    init(clientConfig config: JSONValue?) throws(WebhookFailure) {
        if let reference = config?["service"], reference.object != nil {
            let key = ObjectKey(
                namespace: reference["namespace"]?.string ?? "",
                name: reference["name"]?.string ?? ""
            )
            endpoint = try Self.endpoint(of: key, port: reference["port"]?.int, path: reference["path"]?.string ?? "")
            service = key
        } else {
            endpoint = try Self.endpoint(config?["url"]?.string ?? "")
            service = nil
        }
        let text = config?["caBundle"]?.string ?? ""
        guard let bundle = Base64.decode(text) else { throw Self.badBundle }
        authorities = bundle.isEmpty ? nil : bundle
    }

    /// What the API server says of a `caBundle` that it cannot read.
    static let badBundle = WebhookFailure(
        "could not get REST client: unable to load root certificates: unable to parse bytes as PEM block"
    )

    private static func endpoint(_ url: String) throws(WebhookFailure) -> HTTPEndpoint {
        guard let endpoint = HTTPEndpoint(url: url), endpoint.isSecure else {
            throw .call("clientConfig.url \"\(url)\", expected an https URL without user, query and fragment")
        }
        return endpoint
    }

    private static func endpoint(of key: ObjectKey, port: Int?, path: String) throws(WebhookFailure) -> HTTPEndpoint {
        // An absent port is 443.
        let url = "https://\(key.name).\(key.namespace ?? "").svc:\(port ?? 443)\(path)"
        guard let endpoint = HTTPEndpoint(url: url) else {
            throw .call("clientConfig.service \(key), expected a name, a port and a path of a URL")
        }
        return endpoint
    }

    /// Path and query of a call that may take `seconds`.
    func target(seconds: Int) -> String {
        "\(endpoint.basePath.isEmpty ? "/" : endpoint.basePath)?timeout=\(seconds)s"
    }

    /// The start of what is said of a call that failed: `Post "https://127.0.0.1:9443/a?timeout=10s"`.
    func call(seconds: Int) -> String {
        // A Service's port is always said.
        let server = service == nil ? endpoint.authority : endpoint.hostAndPort
        return "Post \"https://\(server)\(target(seconds: seconds))\""
    }
}
