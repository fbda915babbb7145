import HTTP
import HTTPTypes
import Platform
import Sockets
import TLS
import Testing

@Suite struct LoopbackTests {
    @Test(.timeLimit(.minutes(1)), arguments: [false, true])
    func answersRequestsOnOneConnection(isSecure: Bool) async throws {
        let certificates = try Certificates()
        try await withServer(tls: isSecure ? certificates.serverContext() : nil, handler: echo) { server, loops in
            let client = try HTTPClient(server, tls: isSecure ? certificates.clientContext() : nil, loops: loops)
            for number in 0..<20 {
                let response = try await client.send(
                    ClientRequest(method: .post, path: "/a?n=\(number)", body: Array("body \(number)".utf8))
                )
                #expect(response.head.status == .ok)
                #expect(response.head.headerFields[.date]?.hasSuffix(" GMT") == true)
                #expect(text(try await response.body.collect(upTo: 1_000)) == "POST /a?n=\(number) body \(number)")
            }
        }
    }

    @Test(.timeLimit(.minutes(1)), arguments: [false, true])
    func carriesEightMebibytesBothWays(isSecure: Bool) async throws {
        let certificates = try Certificates()
        // A prime period, so that no piece of the usual sizes looks like another.
        var body = (0..<4_093).map { UInt8(truncatingIfNeeded: $0 &* 31 >> 3) }
        while body.count < 8 << 20 { body += body }
        body.removeLast(body.count - (8 << 20))
        try await withServer(
            tls: isSecure ? certificates.serverContext() : nil,
            handler: mirror
        ) { server, loops in
            let client = try HTTPClient(server, tls: isSecure ? certificates.clientContext() : nil, loops: loops)
            let response = try await client.send(ClientRequest(method: .post, path: "/", body: body))
            #expect(try await response.body.collect(upTo: body.count) == body)
            let refused = try await client.send(ClientRequest(method: .post, path: "/", body: body + [0]))
            #expect(refused.head.status.code == 413)
        }
    }
}
