internal import Platform
package import Sockets
internal import Synchronization
package import TLS

/// An HTTP/1.1 server on sockets, with TLS or without.
package final class HTTPServer: Sendable {
    /// The server's limits; each default's source is beside it.
    package struct Configuration: Sendable {
        /// `host:port`, `[::1]:0`, `:8443` for all addresses; port 0 takes a free one.
        package var address: String
        /// Certificates; nil for plain HTTP.
        package var tls: TLSContext?
        /// How large a request may be.
        package var limits = MessageLimits()
        /// Connections at once: 4,096 of 17 KB each are 70 MB.
        ///
        /// Further ones are told 503.
        package var maxConnections = 4_096
        /// Time for a TLS handshake: 5 s.
        ///
        /// A webhook's caller gives the whole call 10 s by default.
        package var handshakeTimeout = Duration.seconds(5)
        /// Time for a request's head from its first byte: 5 s, as it is one or two packets.
        package var headTimeout = Duration.seconds(5)
        /// Time for a request's body from the end of its head: 10 s, Kubernetes' default webhook timeout.
        package var bodyTimeout = Duration.seconds(10)
        /// How long a connection may wait between requests: 120 s, above the 90 s after which Go's clients drop it, so
        /// that it is never us who close a connection under a request.
        package var idleTimeout = Duration.seconds(120)
        /// How long a client may leave our bytes unread: 30 s, the longest timeout a webhook can have.
        package var writeTimeout = Duration.seconds(30)
        /// How long requests in flight may take after `run()` was cancelled: 25 s, under Kubernetes' grace period of 30.
        package var drainTimeout = Duration.seconds(25)
        /// How long a refused client's bytes are thrown away, so that it reads our answer before a reset: 2 s.
        package var lingerTimeout = Duration.seconds(2)

        /// The defaults, for an address.
        package init(address: String, tls: TLSContext? = nil) {
            self.address = address
            self.tls = tls
        }
    }

    /// What all connections of a server share.
    struct Shared: Sendable {
        let configuration: Configuration
        let handler: any HTTPHandler
        let drain: DrainState
    }

    /// Whether the server is draining, and the tag of the waits that end when it begins to.
    final class DrainState: Sendable {
        private static let tags = Atomic<UInt64>(0)
        private let flag = Atomic<Bool>(false)
        let tag = DrainState.tags.wrappingAdd(1, ordering: .relaxed).newValue

        var isDraining: Bool { flag.load(ordering: .acquiring) }

        func begin() { flag.store(true, ordering: .releasing) }
    }

    /// Connections taken in one go, so that their handshakes (a third of a millisecond each) leave room for requests.
    private static let acceptsPerTurn = 16
    /// How long to wait for descriptors to come free, instead of being told at once that a connection is waiting: 100 ms.
    private static let exhaustionPause = Duration.milliseconds(100)

    private let listener: Socket
    private let loops: EventLoopGroup
    private let shared: Shared
    private let tls: Locked<TLSContext?>
    private let ledger: ConnectionLedger

    /// The port that is listened on.
    package let port: Int

    /// Binds and listens; requests are accepted once `run()` is called.
    ///
    /// Looks the host up, which may block.
    ///
    /// - Throws: `SocketError` when the address cannot be had.
    package init(configuration: Configuration, loops: EventLoopGroup, handler: any HTTPHandler) throws {
        let (host, port) = try SocketAddress.split(configuration.address)
        listener = try Self.listen(Resolver.blockingAddresses(of: host, port: port), configuration.address)
        self.port = Int(try listener.localAddress().port)
        self.loops = loops
        shared = Shared(configuration: configuration, handler: handler, drain: DrainState())
        tls = Locked(configuration.tls)
        ledger = ConnectionLedger(loops: loops.loops.count)
    }

    /// Serves new connections with `context`; those that are open keep theirs.
    ///
    /// To be called only on a TLS server.
    package func replaceTLS(_ context: TLSContext) {
        precondition(shared.configuration.tls != nil, "a plain HTTP server has no certificate to replace")
        tls.withLock { $0 = context }
    }

    /// Serves until the task is cancelled; then stops accepting, lets requests in flight finish within the drain time
    /// (25 s, under Kubernetes' grace period of 30) and returns.
    ///
    /// Connections without a request are closed at once, and streamed bodies, which have no end of their own, have
    /// their tasks cancelled. Once it has returned, the server cannot be run again.
    package func run() async throws {
        // Connections must outlive the cancellation for as long as they drain, so they hang on a task of their own.
        let service = Task.detached(executorPreference: loops.loops[0]) { await self.serve() }
        await withTaskCancellationHandler {
            await service.value
        } onCancel: {
            beginDrain()
        }
    }

    private func beginDrain() {
        shared.drain.begin()
        listener.stopListening()
        for loop in loops.loops { loop.interrupt(tag: shared.drain.tag) }
    }

    private func serve() async {
        let loop = loops.loops[0]
        await withDiscardingTaskGroup { group in
            await acceptConnections(on: loop, into: &group)
            beginDrain()
            let timer = loop.schedule(at: .now + shared.configuration.drainTimeout) { [ledger] in ledger.expire() }
            await ledger.untilEmpty()
            loop.unschedule(timer)
            group.cancelAll()
        }
    }

    private func acceptConnections(on loop: EventLoop, into group: inout DiscardingTaskGroup) async {
        var count = 0
        while !shared.drain.isDraining {
            switch acceptOne(into: &group) {
            case .accepted:
                count += 1
                if count.isMultiple(of: Self.acceptsPerTurn) { await Task.yield() }
            case .none:
                let outcome = await loop.wait(
                    for: .read,
                    on: listener.handle,
                    until: .never,
                    tag: shared.drain.tag
                )
                if outcome != .ready { return }
            case .exhausted:
                if await loop.sleep(until: .now + Self.exhaustionPause) == .cancelled { return }
            }
        }
    }

    private enum Acceptance {
        case accepted
        case none
        case exhausted
    }

    private func acceptOne(into group: inout DiscardingTaskGroup) -> Acceptance {
        do {
            guard let socket = try listener.accept() else { return .none }
            place(socket, into: &group)
            return .accepted
        } catch {
            // Gone before we took it: look for the next one. Anything else may pass, too, but not at once.
            return error.code == .closed ? .accepted : .exhausted
        }
    }

    /// Gives the connection to the loop with the fewest.
    private func place(_ socket: consuming Socket, into group: inout DiscardingTaskGroup) {
        let (index, total) = ledger.open()
        let limit = shared.configuration.maxConnections
        // A sixteenth more is let in to be told 503; beyond that only closing helps.
        guard total <= limit + max(1, limit / 16) else { return ledger.close(loop: index) }
        let loop = loops.loops[index]
        let isWelcome = total <= limit
        let context = tls.withLock { $0 }
        let handle = socket.release()
        group.addTask(executorPreference: loop) { [shared, ledger] in
            // Nothing but this task will ever own the descriptor.
            let socket = Socket(adopting: handle)
            await ServerConnection.serve(socket, context, on: loop, isWelcome: isWelcome, shared: shared)
            ledger.close(loop: index)
        }
    }

    /// Listens on the first of `addresses` that is this machine's.
    private static func listen(_ addresses: [SocketAddress], _ text: String) throws(SocketError) -> Socket {
        var failure = SocketError(code: .badAddress, operation: "listen on", subject: text, reason: "no address")
        for address in addresses {
            do throws(SocketError) { return try Socket.listening(on: address) } catch { failure = error }
        }
        throw failure
    }
}
