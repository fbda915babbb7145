internal import Platform
package import Sockets
package import TLS

/// An HTTP/1.1 server on sockets, with TLS or without.
package final class HTTPServer: Sendable {
    /// Connections taken before sockets are looked at again, so that a storm of them leaves room for requests.
    private static let acceptsPerTurn = 16
    /// How long to wait for descriptors to come free, instead of being told at once that a connection is waiting: 100 ms.
    private static let exhaustionPause = Duration.milliseconds(100)

    private let listener: Socket
    private let loops: EventLoopGroup
    private let shared: Shared
    private let tls: Locked<TLSContext?>
    private let ledger: ConnectionLedger
    private let gates: [ServerHandshakeGate]

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
        shared = Shared(configuration: configuration, handler: handler)
        tls = Locked(configuration.tls)
        ledger = ConnectionLedger(loops: loops.loops.count)
        gates = loops.loops.map { ServerHandshakeGate(loop: $0, limit: configuration.maxHandshakes) }
    }

    /// Serves new connections with `context`; those that are open keep theirs.
    ///
    /// To be called only on a TLS server.
    package func replaceTLS(_ context: TLSContext) {
        precondition(shared.configuration.tls != nil, "a plain HTTP server has no certificate to replace")
        tls.withLock { $0 = context }
    }

    /// What has been counted until now.
    package var statistics: ServerStatistics {
        var statistics = shared.counters.statistics
        statistics.connections = ledger.total
        statistics.bodyBytes = shared.bodies.taken
        return statistics
    }

    /// Goes on serving, new connections too, and tells every client with `Connection: close` to take its next request
    /// elsewhere: to be called some time before `run()` is cancelled.
    package func announceEnd() { shared.stage.leave() }

    /// Serves until the task is cancelled; then stops accepting, lets requests in flight finish within the drain time
    /// (25 s) and returns.
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
        shared.stage.drain()
        listener.stopListening()
        for loop in loops.loops {
            for tag in shared.stage.drainedTags { loop.interrupt(tag: tag) }
        }
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
        while !shared.stage.isDraining {
            switch acceptOne(into: &group) {
            case .accepted:
                count += 1
                if count.isMultiple(of: Self.acceptsPerTurn) { await loop.turn() }
            case .none:
                let outcome = await loop.wait(
                    for: .read,
                    on: listener.handle,
                    until: .never,
                    tag: shared.stage.busyTag
                )
                if outcome != .ready { return }
            case .exhausted:
                shared.counters.refuse(.descriptors)
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
        guard total <= limit + max(1, limit / 16) else {
            shared.counters.refuse(.connectionsClosed)
            return ledger.close(loop: index)
        }
        shared.counters.accept()
        let loop = loops.loops[index]
        let isWelcome = total <= limit
        let context = tls.withLock { $0 }
        let handle = socket.release()
        group.addTask(executorPreference: loop) { [shared, ledger, gate = gates[index]] in
            await unsafe withUnsafeCurrentTask { task in
                // Nothing but this task will ever own the descriptor.
                let greeting = ServerGreeting(
                    socket: Socket(adopting: handle),
                    context: context,
                    loop: loop,
                    gate: gate,
                    shared: shared
                )
                guard let (link, isWelcome) = unsafe await greeting.link(isWelcome: isWelcome, task: task) else {
                    return
                }
                await ServerConnection.serve(link, isWelcome: isWelcome, shared: shared)
            }
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
