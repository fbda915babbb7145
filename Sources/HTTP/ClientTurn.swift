/// What a call got when its turn came.
enum ClientTurn: Sendable {
    /// An idle connection.
    case reuse(ClientConnection)
    /// Leave to make a new one.
    case open(ClientSlot)
}

/// A place for one connection of a pool, taken for as long as this object lives.
///
/// The connection owns it, so that however a connection goes, its place is free again.
final class ClientSlot: Sendable {
    private weak let pool: ClientPool?

    /// A place that `pool` has counted.
    init(_ pool: ClientPool) { self.pool = pool }

    deinit { pool?.free() }
}
