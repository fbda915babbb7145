import Sockets
import Testing

@Suite(.timeLimit(.minutes(1))) struct ResolverTests {
    @Test(arguments: ["127.0.0.1", "::1"])
    func takesNumbersAsTheyAre(host: String) async throws {
        let addresses = try await onLoop { loop in
            // Not even the deadline counts: nothing is waited for.
            try await Resolver.addresses(of: host, port: 80, on: loop, until: .now)
        }
        #expect(addresses == [SocketAddress(numericHost: host, port: 80)])
    }

    @Test func resolvesLocalhost() async throws {
        let addresses = try await onLoop { loop in
            try await Resolver.addresses(of: "localhost", port: 80, on: loop, until: .now + patience)
        }
        let known = ["127.0.0.1", "::1"].map { SocketAddress(numericHost: $0, port: 80) }
        #expect(!addresses.isEmpty)
        #expect(addresses.allSatisfy { known.contains($0) })
        #expect(Set(addresses).count == addresses.count)
    }

    @Test func emptyMeansAllAddressesOfThisMachine() throws {
        #expect(try Resolver.blockingAddresses(of: "", port: 8).map(\.description) == ["[::]:8", "0.0.0.0:8"])
    }

    @Test func saysThatANameIsNone() async throws {
        let error = try await failure { (loop) throws(SocketError) in
            _ = try await Resolver.addresses(of: "a name", port: 80, on: loop, until: .now + patience)
        }
        #expect(error?.code == .badAddress)
        #expect(error?.operation == "resolve")
        #expect(error?.subject == "a name")
    }

    @Test func readsNoNameUpToAZeroByte() async throws {
        let error = try await failure { (loop) throws(SocketError) in
            _ = try await Resolver.addresses(of: "localhost\0.a", port: 80, on: loop, until: .now + patience)
        }
        #expect(error?.description == "resolve localhost\0.a: a zero byte, expected a name")
    }

    @Test func cancellationEndsALookUp() async throws {
        let error = try await failure { (loop) throws(SocketError) in
            withUnsafeCurrentTask { $0?.cancel() }
            _ = try await Resolver.addresses(of: "localhost", port: 80, on: loop, until: .never)
        }
        #expect(error?.code == .cancelled)
        #expect(error?.description == "resolve localhost: cancelled")
    }

    @Test func refusesToLookUpWithoutALoop() async throws {
        let loops = EventLoopGroup(count: 1)
        await end(loops)
        var error: SocketError?
        do throws(SocketError) {
            _ = try await Resolver.addresses(of: "localhost", port: 80, on: loops.loops[0], until: .never)
        } catch let caught { error = caught }
        #expect(error?.description == "resolve localhost: the event loop has ended")
    }

    private func failure(
        _ body: @escaping @Sendable (EventLoop) async throws(SocketError) -> Void
    ) async throws -> SocketError? {
        try await onLoop { loop -> SocketError? in
            do throws(SocketError) {
                try await body(loop)
                return nil
            } catch { return error }
        }
    }
}
