// CONTRACT: implemented in the HTTP work; the signatures below are what other modules build on.

package import Sockets
package import TLS

/// An HTTP/1.1 server on sockets, with TLS or without.
package final class HTTPServer: Sendable {
    /// The server's limits; each default's source is beside it.
    package struct Configuration: Sendable {
        /// `host:port`, `[::1]:0`; port 0 takes a free one.
        package var address: String
        /// Certificates; nil for plain HTTP.
        package var tls: TLSContext?

        package init(address: String, tls: TLSContext? = nil) {
            self.address = address
            self.tls = tls
        }
    }

    /// Binds and listens; requests are accepted once `run()` is called.
    ///
    /// - Throws: `SocketError` when the address cannot be had.
    package init(configuration: Configuration, loops: EventLoopGroup, handler: any HTTPHandler) throws {
        fatalError("contract")
    }

    /// The port that is listened on.
    package var port: Int { fatalError("contract") }

    /// Serves until the task is cancelled; then stops accepting, lets requests in flight finish within the drain time
    /// (25 s, under Kubernetes' grace period of 30) and returns.
    package func run() async throws { fatalError("contract") }
}
