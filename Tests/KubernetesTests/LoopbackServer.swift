import HTTP
import Kubernetes
import Platform
import Sockets
import TLS
import TestSupport

/// A handler served on a free port of the loopback.
final class LoopbackServer: Sendable {
    let loops = EventLoopGroup(count: 1)
    private let server: HTTPServer
    private let task: Task<Void, any Error>

    /// Where it listens.
    let endpoint: HTTPEndpoint

    /// Serves `handler`, over TLS where there is a context.
    init(_ handler: any HTTPHandler, tls: TLSContext? = nil) throws {
        var configuration = HTTPServer.Configuration(address: "127.0.0.1:0", tls: tls)
        configuration.drainTimeout = .zero
        let server = try HTTPServer(configuration: configuration, loops: loops, handler: handler)
        self.server = server
        endpoint = HTTPEndpoint(isSecure: tls != nil, host: "127.0.0.1", port: server.port)
        task = Task(executorPreference: loops.loops[0]) { try await server.run() }
    }

    /// A client of it, whose watches may be silent for so long.
    func client(watchIdleTimeout: Duration) -> KubernetesClient {
        KubernetesClient(
            transport: HTTPClient(endpoint: endpoint, tls: nil, loops: loops),
            watchIdleTimeout: watchIdleTimeout,
            jitter: { 0 }
        )
    }

    /// Ends it.
    func stop() async {
        task.cancel()
        _ = await task.result
        await Task.detached { [loops] in loops.shutdown() }.value
    }
}
