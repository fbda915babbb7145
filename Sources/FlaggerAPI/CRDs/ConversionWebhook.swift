import JSON
import Platform

/// Where the API server has the objects of a kind converted between its versions.
package struct ConversionWebhook: Hashable, Sendable {
    /// Where the server is.
    package enum Address: Hashable, Sendable {
        /// A Service of the cluster.
        case service(namespace: String, name: String, port: Int?)
        /// The server's `https` URL, without a path.
        case url(String)
    }

    /// Where the server is.
    package let address: Address
    /// The certificates that are trusted there, PEM; empty for the system's.
    package let authorities: [UInt8]

    /// A webhook at `address` whose certificate one of the `authorities` (PEM) has issued.
    package init(_ address: Address, authorities: [UInt8] = []) {
        self.address = address
        self.authorities = authorities
    }

    /// `spec.conversion` of a definition whose objects are converted at `path`.
    ///
    /// Source: apiextensions.k8s.io/v1 CustomResourceConversion.
    func value(path: String) -> JSONValue {
        var client: JSONValue = ["caBundle": .string(Base64.encode(authorities))]
        switch address {
        case .service(let namespace, let name, let port):
            var service: JSONValue = [
                "name": .string(name), "namespace": .string(namespace), "path": .string(path),
            ]
            service["port"] = port.map { .number(JSONNumber($0)) }
            client["service"] = service
        case .url(let url): client["url"] = .string(url + path)
        }
        return [
            "strategy": "Webhook", "webhook": ["conversionReviewVersions": ["v1", "v1beta1"], "clientConfig": client],
        ]
    }
}
