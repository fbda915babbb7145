import HTTP
import HTTPTypes
import Sockets
import Testing

/// A server's port for probes and metrics, asked over a new connection each time, as the kubelet does.
struct OperationsPort: Sendable {
    /// The port, on this machine.
    let port: Int
    let loops: EventLoopGroup

    /// What is answered at `path`; nil when nobody answers.
    func get(_ path: String) async -> (status: Int, text: String)? {
        let client = HTTPClient(
            endpoint: HTTPEndpoint(isSecure: false, host: "127.0.0.1", port: port),
            tls: nil,
            loops: loops
        )
        do {
            let response = try await client.send(ClientRequest(method: .get, path: path))
            let body = try await response.body.collect(upTo: 1 << 20)
            return (response.head.status.code, String(decoding: body, as: UTF8.self))
        } catch {
            return nil
        }
    }

    /// A port that nobody listens on now.
    static func free() throws -> Int {
        let address = try #require(SocketAddress(numericHost: "127.0.0.1", port: 0))
        return Int(try Socket.listening(on: address).localAddress().port)
    }
}
