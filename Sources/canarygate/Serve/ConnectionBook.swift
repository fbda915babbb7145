package import HTTP
import Platform
package import Sockets
package import TLS

/// The HTTP clients that hooks and metric servers are asked through, one for each endpoint.
package final class ConnectionBook: Sendable {
    /// How many endpoints are remembered; a cluster's hooks go to a handful, and one that is forgotten costs a new
    /// connection.
    private static let limit = 64

    private let loops: EventLoopGroup
    private let addresses: AddressBook
    private let proxies: ProxySettings
    private let tls: TLSContext?
    private let clients = Locked<[HTTPEndpoint: HTTPClient]>([:])

    /// Clients on `loops`; `tls` says whom to trust, the system's authorities when nil.
    ///
    /// What `addresses` has is reached straight, everything else through the proxies that `proxies` names.
    package init(loops: EventLoopGroup, addresses: AddressBook, proxies: ProxySettings, tls: TLSContext? = nil) {
        self.loops = loops
        self.addresses = addresses
        self.proxies = proxies
        self.tls = tls
    }

    /// The client of `endpoint`.
    package func client(of endpoint: HTTPEndpoint) -> HTTPClient {
        clients.withLock { clients in
            if let client = clients[endpoint] { return client }
            if clients.count >= Self.limit { clients = [:] }
            let client = HTTPClient(
                endpoint: endpoint,
                tls: tls,
                loops: loops,
                address: addresses.address(of: endpoint),
                proxy: proxies.proxy(for: endpoint)
            )
            clients[endpoint] = client
            return client
        }
    }
}
