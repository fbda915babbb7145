import COpenSSL
import Platform
import Sockets
import TLS
import Testing

@Suite(.timeLimit(.minutes(1))) struct TLSSessionTests {
    /// A connection that came about.
    private func withConnection<Output: Sendable>(
        _ body: @escaping @Sendable (TLSConnection) async throws -> Output
    ) async throws -> Output {
        let certificates = try Certificates()
        let client = try certificates.clientContext()
        let server = try certificates.serverContext()
        return try await onLoop { loop in
            let connection = try await TLSConnection.make(client: client, server: server, on: loop)
            #expect(connection.clientError == nil)
            #expect(connection.serverError == nil)
            return try await body(connection)
        }
    }

    @Test func ourOwnEndsSpeakTLS13AndHTTP11() async throws {
        try await withConnection { connection in
            #expect(connection.client.version == "TLSv1.3")
            #expect(connection.server.version == "TLSv1.3")
            #expect(connection.client.applicationProtocol == "http/1.1")
            #expect(connection.server.applicationProtocol == "http/1.1")
            #expect(connection.client.peer?.commonName == "server")
            #expect(connection.server.peer == nil)
        }
    }

    @Test func carriesBytesBothWays() async throws {
        try await withConnection { connection in
            try await connection.client.write("hello")
            #expect(try await connection.server.read() == "hello")
            try await connection.server.write("welcome")
            #expect(try await connection.client.read() == "welcome")
        }
    }

    @Test func aProperCloseIsAnEnd() async throws {
        try await withConnection { connection in
            try await connection.server.write("last")
            connection.server.close()
            #expect(try await connection.client.read() == "last")
            #expect(try await connection.client.read() == nil)
        }
    }

    @Test func aCutIsAnError() async throws {
        try await withConnection { connection in
            try await connection.server.write("last")
            connection.server.cut()
            #expect(try await connection.client.read() == "last")
            let error = await #expect(throws: TLSError.self) { try await connection.client.read() }
            #expect(error?.code == .truncated)
            #expect(error?.description == "read: the connection ended without close_notify")
        }
    }

    @Test func plainHTTPIsKnownForWhatItIs() async throws {
        let context = try Certificates().serverContext()
        let error = try await onLoop { loop -> TLSError? in
            let (near, far) = try await connectedPair(on: loop)
            let client = Socket(adopting: near)
            let server = TLSEnd(Socket(adopting: far), try TLSSession.server(context, socket: far), loop: loop)
            _ = try Array("GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".utf8).withUnsafeBytes { try client.write($0) }
            return await server.handshake()
        }
        #expect(error?.code == .plainHTTP)
        #expect(error?.description == "handshake: HTTP without TLS")
    }

    @Test func anEndWithinTheHandshakeIsAnError() async throws {
        let context = try Certificates().serverContext()
        let error = try await onLoop { loop -> TLSError? in
            let (near, far) = try await connectedPair(on: loop)
            let client = Socket(adopting: near)
            let server = TLSEnd(Socket(adopting: far), try TLSSession.server(context, socket: far), loop: loop)
            client.finishWriting()
            return await server.handshake()
        }
        #expect(error?.code == .truncated)
        #expect(error?.description == "handshake: the connection ended without close_notify")
    }

    @Test func renegotiationIsRefused() async throws {
        let context = try Certificates().serverContext()
        try await onLoop { loop in
            let (near, far) = try await connectedPair(on: loop)
            let client = try OpenSSLClient(near, newest: TLS1_2_VERSION, loop: loop)
            let server = TLSEnd(Socket(adopting: far), try TLSSession.server(context, socket: far), loop: loop)
            async let said = client.handshake()
            #expect(await server.handshake() == nil)
            #expect(await said == "TLSv1.2")
            async let answer = client.renegotiate()
            // The server says no and goes on; it is the client that gives up.
            let error = await #expect(throws: TLSError.self) { try await server.read() }
            #expect(await answer == "no renegotiation")
            #expect(error?.code == .handshake)
        }
    }

    @Test func aSessionMayBeMadeWhenBytesHaveArrived() async throws {
        let certificates = try Certificates()
        let client = try certificates.clientContext()
        let server = try certificates.serverContext()
        try await onLoop { loop in
            let (near, far) = try await connectedPair(on: loop)
            let clientEnd = TLSEnd(
                Socket(adopting: near),
                try TLSSession.client(client, socket: near, host: "localhost"),
                loop: loop
            )
            async let clientError = clientEnd.handshake()
            let socket = Socket(adopting: far)
            #expect(await loop.wait(for: .read, on: far, until: .now + patience) == .ready)
            let serverEnd = TLSEnd(socket, try TLSSession.server(server, socket: far), loop: loop)
            #expect(await serverEnd.handshake() == nil)
            #expect(await clientError == nil)
        }
    }

    @Test func closeNotifyInPlaceOfAHandshakeIsAnError() async throws {
        let context = try Certificates().serverContext()
        let error = try await onLoop { loop -> TLSError? in
            let (near, far) = try await connectedPair(on: loop)
            let client = Socket(adopting: near)
            let server = TLSEnd(Socket(adopting: far), try TLSSession.server(context, socket: far), loop: loop)
            // A warning alert, close_notify, in a record of its own.
            _ = try [21, 3, 1, 0, 2, 1, 0].withUnsafeBytes { try client.write($0) }
            return await server.handshake()
        }
        #expect(error != nil)
    }
}
