import HTTP
import HTTPTypes
import Platform
import Sockets
import TLS

/// A handler that is a closure.
struct ClosureHandler: HTTPHandler {
    let body: @Sendable (ServerRequest) async -> ServerResponse

    func response(to request: ServerRequest) async -> ServerResponse { await body(request) }
}

/// Certificates for 127.0.0.1 and localhost, made for the test.
struct Certificates {
    let authority: CertificateAuthority
    let server: Identity

    init(names: [String] = ["localhost", "127.0.0.1"], issued: Duration = .zero, days: Int = 365) throws {
        let now = SystemClock().now()
        authority = try CertificateAuthority(commonName: "test authority", now: now)
        server = try authority.issue(commonName: "server", names: names, now: now + issued, days: days)
    }

    func serverContext(clients: Bool = false) throws -> TLSContext {
        try .server(
            certificateChain: server.certificate,
            privateKey: server.privateKey,
            clientAuthorities: clients ? authority.identity.certificate : nil
        )
    }

    func clientContext() throws -> TLSContext { try .client(authorities: authority.identity.certificate) }
}

/// Starts loops and a server on a free loopback port, calls `body` with its port, drains the server and ends the loops.
func withServer<Result: Sendable>(
    tls: TLSContext? = nil,
    loops count: Int = 2,
    configure: (inout HTTPServer.Configuration) -> Void = { _ in },
    handler: @escaping @Sendable (ServerRequest) async -> ServerResponse,
    _ body: (HTTPServer, EventLoopGroup) async throws -> Result
) async throws -> Result {
    let loops = EventLoopGroup(count: count)
    var configuration = HTTPServer.Configuration(address: "127.0.0.1:0", tls: tls)
    configure(&configuration)
    let server = try HTTPServer(configuration: configuration, loops: loops, handler: ClosureHandler(body: handler))
    // On a loop: the threads that tests share may be busy for seconds.
    let running = Task(executorPreference: loops.loops[0]) { try await server.run() }
    let outcome: Swift.Result<Result, any Error>
    do { outcome = .success(try await body(server, loops)) } catch { outcome = .failure(error) }
    running.cancel()
    try await running.value
    await Task.detached { loops.shutdown() }.value
    return try outcome.get()
}

/// What sets one of a server's limits.
func setting<Value>(
    _ path: WritableKeyPath<HTTPServer.Configuration, Value>,
    _ value: Value
) -> (inout HTTPServer.Configuration) -> Void {
    { $0[keyPath: path] = value }
}

/// Answers with the request's body.
@Sendable func mirror(_ request: ServerRequest) async -> ServerResponse {
    ServerResponse(status: .ok, body: .bytes(request.body))
}

/// Answers with the method, the path and the body.
@Sendable func echo(_ request: ServerRequest) async -> ServerResponse {
    let line = Array("\(request.head.method) \(request.head.path ?? "") ".utf8)
    return ServerResponse(status: .ok, contentType: "text/plain", body: .bytes(line + request.body))
}

func text(_ bytes: [UInt8]) -> String { String(decoding: bytes, as: UTF8.self) }

extension HTTPClient {
    convenience init(_ server: HTTPServer, tls: TLSContext?, host: String = "127.0.0.1", loops: EventLoopGroup) {
        self.init(
            endpoint: HTTPEndpoint(isSecure: tls != nil, host: host, port: server.port),
            tls: tls,
            loops: loops,
            address: "127.0.0.1:\(server.port)"
        )
    }
}
