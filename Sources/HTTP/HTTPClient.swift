// CONTRACT: implemented in the HTTP work; the signatures below are what other modules build on.

package import Sockets
package import TLS

/// An HTTP/1.1 client of one endpoint, with a pool of kept-alive connections.
package final class HTTPClient: HTTPTransport {
    /// A client of `endpoint`; `tls` says whom to trust and who we are when it is secure.
    package init(endpoint: HTTPEndpoint, tls: TLSContext?, loops: EventLoopGroup) { fatalError("contract") }

    /// Sends over a pooled or a new connection. A request that a kept-alive connection swallowed before any byte of an
    /// answer is sent once more on a new one when its method is safe.
    ///
    /// - Throws: `HTTPError`.
    package func send(_ request: ClientRequest) async throws -> ClientResponse { fatalError("contract") }
}
