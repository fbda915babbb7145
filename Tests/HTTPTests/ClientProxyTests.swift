import HTTP
import HTTPTypes
import Platform
import Sockets
import TLS
import Testing

/// Requests through a proxy on this machine.
@Suite(.timeLimit(.minutes(1))) struct ClientProxyTests {
    private static let get = ClientRequest(method: .get, path: "/a?b=c")

    /// What a proxy that plays `part` is asked for `url`, or the error, with `PORT` for the proxy's port.
    private func exchange(
        _ part: [RawServer.Step],
        url: String,
        userInfo: String = "",
        timeout: Duration = .seconds(30)
    ) async throws -> Result<[String], HTTPError> {
        let endpoint = try #require(HTTPEndpoint(url: url))
        let loops = EventLoopGroup(count: 1)
        let server = try RawServer(loops: loops)
        let playing = Task(executorPreference: loops.loops[0]) { try await server.play([part]) }
        let proxy = try ClientProxy(url: "http://\(userInfo)127.0.0.1:\(server.port)")
        let context = try endpoint.isSecure ? Certificates().clientContext() : nil
        let client = HTTPClient(endpoint: endpoint, tls: context, loops: loops, proxy: proxy)
        let request = ClientRequest(method: .get, path: "/a?b=c", timeout: timeout)
        let result: Result<[String], HTTPError>
        do {
            _ = try await client.send(request).body.collect(upTo: 100)
            result = .success(server.requests)
        } catch let error as HTTPError {
            let operation = error.operation.replacing(":\(server.port)", with: ":PORT")
            result = .failure(HTTPError(code: error.code, operation: operation, reason: error.reason))
        }
        try await playing.value
        await Task.detached { loops.shutdown() }.value
        return result
    }

    private func failure(
        _ part: [RawServer.Step],
        url: String,
        timeout: Duration = .seconds(30)
    ) async throws -> String {
        switch try await exchange(part, url: url, timeout: timeout) {
        case .success(let requests): "\(requests)"
        case .failure(let error): error.description
        }
    }

    // MARK: Plain HTTP

    @Test func plainHTTPIsAskedOfTheProxyWithTheWholeURL() async throws {
        let loops = EventLoopGroup(count: 1)
        let raw = try RawServer(loops: loops)
        let endpoint = HTTPEndpoint(isSecure: false, host: "prometheus.test", port: 9_090)
        let proxy = try ClientProxy(url: "http://us%65r:p%3Ass@127.0.0.1:\(raw.port)")
        let client = HTTPClient(endpoint: endpoint, tls: nil, loops: loops, proxy: proxy)
        let exchange = Task { try await client.send(Self.get) }
        // RFC 7617: user, colon and password in Base64.
        let basic = Base64.encode(Array("user:p:ss".utf8))
        #expect(
            try await raw.firstHead() == "GET http://prometheus.test:9090/a?b=c HTTP/1.1\r\n"
                + "Proxy-Authorization: Basic \(basic)\r\nHost: prometheus.test:9090\r\nUser-Agent: canarygate\r\n\r\n"
        )
        exchange.cancel()
        _ = await exchange.result
        await Task.detached { loops.shutdown() }.value
    }

    @Test func itsConnectionIsKept() async throws {
        let ok = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok"
        let found = try await exchange([.answer(ok)], url: "http://prometheus.test")
        #expect(try found.get() == ["1: GET http://prometheus.test/a?b=c HTTP/1.1"])
    }

    @Test func theProxyThatWantsCredentialsIsNamed() async throws {
        let answer = "HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n"
        #expect(
            try await failure([.answer(answer)], url: "http://prometheus.test:9090")
                == "send to prometheus.test:9090 through proxy http://127.0.0.1:PORT: "
                + "the proxy refused the request with 407, expected user and password in its URL"
        )
    }

    // MARK: Tunnels

    @Test(
        arguments: [
            (
                "HTTP/1.1 407 Proxy Authentication Required\r\nContent-Length: 0\r\n\r\n",
                "the proxy refused the tunnel with 407 Proxy Authentication Required, "
                    + "expected user and password in its URL"
            ), ("HTTP/1.1 502 Bad Gateway\r\n\r\nno", "the proxy refused the tunnel with 502 Bad Gateway"),
            ("HTTP/1.0 403\r\n\r\n", "the proxy refused the tunnel with 403"),
            ("HTTP/1.1 200 OK\r\n\r\nx", "the proxy sent something behind its answer"),
            ("nonsense\r\n\r\n", "an answer of the proxy that is no HTTP: no HTTP/1.1 status line"),
            ("HTTP/1.1 200", "the proxy closed the connection without an answer"),
            ("", "the proxy closed the connection without an answer"),
        ]
    )
    func saysWhyThereIsNoTunnel(answer: String, reason: String) async throws {
        #expect(
            try await failure([.answer(answer)], url: "https://api.test:6443")
                == "connect to api.test:6443 through proxy http://127.0.0.1:PORT: \(reason)"
        )
    }

    @Test func aSilentProxyIsALimitOfConnecting() async throws {
        #expect(
            try await failure(
                [.read, .untilClosed(Gate())],
                url: "https://api.test",
                timeout: .milliseconds(250)
            ) == "connect to api.test:443 through proxy http://127.0.0.1:PORT: no answer of the proxy, "
                + "expected the call to be done within 250ms"
        )
    }

    @Test func aProxyThatIsNotThereIsNamed() async throws {
        let loops = EventLoopGroup(count: 1)
        let port = try RawServer(loops: loops).port
        let endpoint = HTTPEndpoint(isSecure: true, host: "api.test", port: 443)
        let proxy = try ClientProxy(url: "http://127.0.0.1:\(port)")
        let context = try Certificates().clientContext()
        let client = HTTPClient(endpoint: endpoint, tls: context, loops: loops, proxy: proxy)
        let error = await #expect(throws: HTTPError.self) { _ = try await client.send(Self.get) }
        #expect(
            error?.description
                == "connect to api.test:443 through proxy http://127.0.0.1:\(port): connection refused"
        )
        await Task.detached { loops.shutdown() }.value
    }

    /// Calls `body` with a client of `https://api.test:6443`, whose certificate has `names`, through a tunnel.
    private func withTunnel(
        names: [String],
        _ body: (HTTPClient, TunnelProxy) async throws -> Void
    ) async throws {
        let certificates = try Certificates(names: names)
        try await withServer(tls: certificates.serverContext(), handler: echo) { server, loops in
            let proxy = try TunnelProxy(to: server.port, loops: loops)
            let running = Task(executorPreference: loops.loops[0]) { try await proxy.run() }
            let client = HTTPClient(
                endpoint: HTTPEndpoint(isSecure: true, host: "api.test", port: 6_443),
                tls: try certificates.clientContext(),
                loops: loops,
                proxy: try ClientProxy(url: "http://me:secret@127.0.0.1:\(proxy.port)")
            )
            try await body(client, proxy)
            running.cancel()
            _ = await running.result
        }
    }

    @Test func aTunnelLeadsToTheServer() async throws {
        try await withTunnel(names: ["api.test"]) { client, proxy in
            for _ in 1...2 {
                let response = try await client.send(Self.get)
                #expect(text(try await response.body.collect(upTo: 100)) == "GET /a?b=c ")
            }
            let basic = Base64.encode(Array("me:secret".utf8))
            // One tunnel for both, and the server is never told who we are to the proxy.
            #expect(
                proxy.heads == [
                    "CONNECT api.test:6443 HTTP/1.1\r\nHost: api.test:6443\r\nUser-Agent: canarygate\r\n"
                        + "Proxy-Authorization: Basic \(basic)\r\n\r\n"
                ]
            )
        }
    }

    @Test func theCertificateIsCheckedForTheServerBehindIt() async throws {
        try await withTunnel(names: ["127.0.0.1", "proxy.test"]) { client, proxy in
            let error = await #expect(throws: HTTPError.self) { _ = try await client.send(Self.get) }
            #expect(
                error?.description == "connect to api.test:6443 through proxy http://127.0.0.1:\(proxy.port): "
                    + "certificate is not valid for api.test, but for 127.0.0.1, proxy.test"
            )
        }
    }

    @Test func anAddressGoesBeforeAProxy() async throws {
        try await withServer(handler: echo) { server, loops in
            let gone = try RawServer(loops: loops).port
            let client = HTTPClient(
                endpoint: HTTPEndpoint(isSecure: false, host: "prometheus.test", port: 80),
                tls: nil,
                loops: loops,
                address: "127.0.0.1:\(server.port)",
                proxy: try ClientProxy(url: "http://127.0.0.1:\(gone)")
            )
            #expect(text(try await client.send(Self.get).body.collect(upTo: 100)) == "GET /a?b=c ")
        }
    }
}
