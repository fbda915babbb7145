import Glibc
import Sockets
import Testing

@Suite(.timeLimit(.minutes(1))) struct SocketTests {
    @Test func carriesBytesAndTheirEnd() async throws {
        try await onLoop { loop in
            let pair = try await SocketPair.connected(on: loop)
            try pair.near.write("hello")
            #expect(await loop.wait(for: .read, on: pair.far.handle, until: .now + patience) == .ready)
            #expect(pair.farHasSomethingToRead)
            #expect(try pair.readText() == "hello")
            #expect(!pair.farHasSomethingToRead)
            #expect(throws: Missing.self) { try pair.readText() }
            pair.near.finishWriting()
            #expect(await loop.wait(for: .read, on: pair.far.handle, until: .now + patience) == .ready)
            #expect(pair.farHasSomethingToRead)
            #expect(throws: Missing(what: "bytes, not end")) { try pair.readText() }
        }
    }

    @Test func anAcceptedSocketNeitherBlocksNorIsInherited() async throws {
        try await onLoop { loop in
            let pair = try await SocketPair.connected(on: loop)
            for descriptor in [pair.near.handle.descriptor, pair.far.handle.descriptor] {
                #expect(fcntl(descriptor, F_GETFL) & O_NONBLOCK != 0)
                #expect(fcntl(descriptor, F_GETFD) & FD_CLOEXEC != 0)
            }
        }
    }

    @Test func saysWhenNothingMoreCanBeWritten() async throws {
        try await onLoop { loop in
            let pair = try await SocketPair.connected(on: loop)
            let block = [UInt8](repeating: 7, count: 1 << 20)
            var outcome = Socket.Transfer.bytes(1)
            for _ in 0..<100 where outcome != .wouldBlock {
                outcome = try block.withUnsafeBytes { try pair.near.write($0) }
            }
            #expect(outcome == .wouldBlock)
            #expect(await loop.wait(for: .write, on: pair.near.handle, until: .now + .milliseconds(5)) == .timedOut)
        }
    }

    @Test func refusesAnAddressInUse() throws {
        let first = try Socket.listening(on: loopback())
        let address = try first.localAddress()
        let error = #expect(throws: SocketError.self) { _ = try Socket.listening(on: address) }
        #expect(error?.code == .badAddress)
        #expect(error?.description == "bind \(address): address already in use")
    }

    @Test func refusesAnAddressOfAnotherMachine() throws {
        let address = try #require(SocketAddress(numericHost: "192.0.2.1", port: 0))
        let error = #expect(throws: SocketError.self) { _ = try Socket.listening(on: address) }
        #expect(error?.code == .badAddress)
        #expect(error?.description == "bind 192.0.2.1:0: cannot assign requested address")
    }

    @Test func saysThatNobodyListens() async throws {
        let address = try Self.freeAddress()
        let error = try await onLoop { loop in await Self.connect(to: address, on: loop) }
        #expect(error?.code == .unreachable)
        #expect(error?.description == "connect to \(address): connection refused")
    }

    @Test func stopsListeningWithoutClosing() async throws {
        let listener = try Socket.listening(on: loopback())
        let address = try listener.localAddress()
        listener.stopListening()
        let error = try await onLoop { loop in await Self.connect(to: address, on: loop) }
        #expect(error?.code == .unreachable)
        let kept = try listener.localAddress()
        #expect(kept == address)
    }

    @Test func writingToWhoHasGoneIsAnErrorAndNoSignal() async throws {
        let error = try await onLoop { loop -> SocketError? in
            let pair = try await SocketPair.connected(on: loop)
            pair.near.finishWriting()
            do {
                try pair.near.write("x")
                return nil
            } catch { return error as? SocketError }
        }
        #expect(error?.code == .closed)
        #expect(error?.description == "write: broken pipe")
    }

    @Test func acceptsNothingWhenNobodyConnects() throws {
        let listener = try Socket.listening(on: loopback())
        switch try listener.accept() {
        case .some: Issue.record("a connection from nowhere")
        case .none: break
        }
    }

    /// Connects, and says what went wrong.
    private static func connect(to address: SocketAddress, on loop: EventLoop) async -> SocketError? {
        do throws(SocketError) {
            let socket = try Socket.connecting(to: address)
            _ = await loop.wait(for: .write, on: socket.handle, until: .now + patience)
            try socket.finishConnecting(to: address)
            return nil
        } catch { return error }
    }

    /// An address that was free a moment ago.
    private static func freeAddress() throws -> SocketAddress { try Socket.listening(on: loopback()).localAddress() }
}
