import HTTP
import Kubernetes
import Sockets

/// Where Services of the cluster are on this machine, for the webhooks that are registered by one.
///
/// Nothing in the sandbox carries packets, so whoever runs a webhook's server says which Service it stands for.
package struct ServiceAddresses: Hashable, Sendable {
    private var addresses: [ObjectKey: String] = [:]

    /// No Service is anywhere.
    package init() {}

    /// Takes entries of the form `namespace/name=address:port`, for example
    /// `canarygate-system/canarygate=127.0.0.1:9443`; the address is that of each of the Service's ports.
    ///
    /// - Throws: `ServiceAddresses.Failure` for an entry of another form.
    package init(parsing entries: [String]) throws(Failure) {
        for entry in entries {
            let parts = entry.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let name = parts[0].split(separator: "/", omittingEmptySubsequences: false)
            guard parts.count == 2, name.count == 2, name.allSatisfy({ !$0.isEmpty }), Self.isAddress(parts[1]) else {
                throw Failure(entry: entry)
            }
            addresses[ObjectKey(namespace: String(name[0]), name: String(name[1]))] = String(parts[1])
        }
    }

    /// An entry that cannot be read.
    package struct Failure: Error, Hashable, CustomStringConvertible {
        /// The entry as it was given.
        package let entry: String

        /// What was expected instead.
        package var description: String {
            "\(entry), expected namespace/name=address:port, for example canarygate-system/canarygate=127.0.0.1:9443"
        }
    }

    /// Where the Service at `key` is, `host:port`; nil when nobody has said so.
    func address(of key: ObjectKey) -> String? { addresses[key] }

    /// Where the Service is that `endpoint`, `https://name.namespace.svc:443`, means; nil for any other.
    func address(of endpoint: HTTPEndpoint) -> String? {
        let parts = endpoint.host.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 3, parts[2] == "svc" else { return nil }
        return address(of: ObjectKey(namespace: String(parts[1]), name: String(parts[0])))
    }

    private static func isAddress(_ text: Substring) -> Bool {
        do {
            let (host, port) = try SocketAddress.split(String(text))
            return !host.isEmpty && port > 0
        } catch {
            return false
        }
    }
}
