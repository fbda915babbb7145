import HTTP
import Platform
import Sockets
import TLS

/// The HTTP clients that hooks and metric servers are asked through, one for each endpoint.
final class ConnectionBook: Sendable {
    /// How many endpoints are remembered; a cluster's hooks go to a handful, and one that is forgotten costs a new
    /// connection.
    private static let limit = 64

    private let loops: EventLoopGroup
    private let addresses: AddressBook
    private let tls: TLSContext?
    private let clients = Locked<[HTTPEndpoint: HTTPClient]>([:])

    /// Clients on `loops`; `tls` says whom to trust, the system's authorities when nil.
    init(loops: EventLoopGroup, addresses: AddressBook, tls: TLSContext? = nil) {
        self.loops = loops
        self.addresses = addresses
        self.tls = tls
    }

    /// The client of `endpoint`.
    func client(of endpoint: HTTPEndpoint) -> HTTPClient {
        clients.withLock { clients in
            if let client = clients[endpoint] { return client }
            if clients.count >= Self.limit { clients = [:] }
            let address = addresses.address(of: endpoint)
            let client = HTTPClient(endpoint: endpoint, tls: tls, loops: loops, address: address)
            clients[endpoint] = client
            return client
        }
    }
}
