/// Which proxy to ask for which server, as the environment has it.
///
/// Source: Go's `golang.org/x/net/http/httpproxy`, which kubectl and the API server go by.
package struct ProxySettings: Hashable, Sendable {
    private var plain: ClientProxy?
    private var secure: ClientProxy?
    private var exclusions = ProxyExclusions("")

    /// No proxy for anything.
    package init() {}

    /// Reads `HTTP_PROXY`, `HTTPS_PROXY` and `NO_PROXY`, and their lower case forms where those are unset or empty.
    ///
    /// - Throws: `HTTPError` that names the variable, and holds no password.
    package init(environment: [String: String]) throws(HTTPError) {
        plain = try Self.proxy("HTTP_PROXY", environment)
        secure = try Self.proxy("HTTPS_PROXY", environment)
        exclusions = ProxyExclusions(Self.value("NO_PROXY", environment)?.text ?? "")
    }

    /// The proxy to ask for `endpoint`; nil where it is reached straight.
    package func proxy(for endpoint: HTTPEndpoint) -> ClientProxy? {
        guard let proxy = endpoint.isSecure ? secure : plain else { return nil }
        return exclusions.contains(host: endpoint.host, port: endpoint.port) ? nil : proxy
    }

    private static func proxy(_ name: String, _ environment: [String: String]) throws(HTTPError) -> ClientProxy? {
        guard let (name, text) = value(name, environment) else { return nil }
        do throws(HTTPError) {
            // Without a scheme it is a host and a port.
            return try ClientProxy(url: text.contains("://") ? text : "http://\(text)")
        } catch {
            throw HTTPError(code: error.code, operation: "read \(name)", reason: error.reason)
        }
    }

    private static func value(_ name: String, _ environment: [String: String]) -> (name: String, text: String)? {
        for name in [name, name.lowercased()] {
            if let text = environment[name], !text.isEmpty { return (name, text) }
        }
        return nil
    }
}
