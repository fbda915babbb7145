import HTTP
import JSON
import Platform

/// Where a webhook is called, and whom to trust there.
struct WebhookTarget: Sendable {
    /// Host, port and path.
    let endpoint: HTTPEndpoint
    /// The authorities in PEM; nil for the system's.
    let authorities: [UInt8]?

    /// What the `clientConfig` of a registration says.
    ///
    /// - Throws: `WebhookFailure` for a Service, which has no address in the sandbox, and for what is no https URL.
    init(clientConfig config: JSONValue?) throws(WebhookFailure) {
        if let service = config?["service"], service.object != nil {
            let name = "\(service["namespace"]?.string ?? "")/\(service["name"]?.string ?? "")"
            throw .call("service \(name) cannot be reached from the sandbox, expected clientConfig.url")
        }
        let url = config?["url"]?.string ?? ""
        guard let endpoint = HTTPEndpoint(url: url), endpoint.isSecure else {
            throw .call("clientConfig.url \"\(url)\", expected an https URL without user, query and fragment")
        }
        self.endpoint = endpoint
        let text = config?["caBundle"]?.string ?? ""
        guard let bundle = Base64.decode(text) else { throw Self.badBundle }
        authorities = bundle.isEmpty ? nil : bundle
    }

    /// What the API server says of a `caBundle` that it cannot read.
    static let badBundle = WebhookFailure(
        "could not get REST client: unable to load root certificates: unable to parse bytes as PEM block"
    )

    /// Path and query of a call that may take `seconds`.
    func target(seconds: Int) -> String {
        "\(endpoint.basePath.isEmpty ? "/" : endpoint.basePath)?timeout=\(seconds)s"
    }

    /// The start of what is said of a call that failed: `Post "https://127.0.0.1:9443/a?timeout=10s"`.
    func call(seconds: Int) -> String {
        let server = HTTPEndpoint(isSecure: true, host: endpoint.host, port: endpoint.port)
        return "Post \"\(server.url)\(target(seconds: seconds))\""
    }
}
