extension ServerConnection {
    /// Takes from the server's budget what the body of this connection's request sets aside, `room` in all.
    ///
    /// - Throws: `MessageFault` when the budget has not so much left.
    func charge(for room: Int) throws(MessageFault) {
        let wanted = room - BodyBudget.free
        guard wanted > charged else { return }
        guard shared.bodies.take(wanted - charged) else {
            shared.counters.refuse(.bodyBytes)
            throw .tooManyBodyBytes
        }
        charged = wanted
    }

    /// The body is gone.
    func giveBack() {
        guard charged > 0 else { return }
        shared.bodies.giveBack(charged)
        charged = 0
    }
}
