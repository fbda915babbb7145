internal import Sockets

extension ServerConnection {
    /// Answers bytes that are no acceptable request, and ends the connection.
    func refuse(_ fault: MessageFault, isHead: Bool) async {
        forgetRequest()
        // These were counted by their kind.
        if fault != .timeout, fault != .tooManyBodyBytes { shared.counters.fault(fault.status) }
        let (head, body) = shared.bytes(of: shared.refusal(fault))
        let limit = shared.configuration.lingerTimeout
        do {
            try await link.transport.write(isHead ? head : head + body, stall: limit, until: .now + limit)
            link.transport.finish()
            await linger()
        } catch {
            // It would not listen, or did not go in time: close all the same.
        }
    }

    /// Takes what the client still sends until it has finished or its time is over: closing with bytes unread resets the
    /// connection, and the client might lose our last answer.
    func linger() async {
        let loop = link.transport.loop
        let time = shared.configuration.lingerTimeout
        let deadline = MonotonicTime.now + (shared.stage.isDraining ? time / 10 : time)
        do {
            while true {
                switch try link.transport.discard() {
                case true?:
                    // Whatever else the client sends must not keep the loop from the others.
                    guard .now < deadline else { return }
                    await loop.turn()
                case false?: return
                case nil:
                    let outcome = await loop.wait(
                        for: .read,
                        on: link.transport.socket.handle,
                        until: deadline,
                        tag: shared.stage.unprovenTag
                    )
                    guard outcome == .ready else { return }
                }
            }
        } catch {
            // It has gone.
        }
    }
}
