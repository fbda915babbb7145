internal import Platform

/// Bytes that can be taken once.
final class LockedPiece: Sendable {
    private let bytes: Locked<[UInt8]?>

    init(_ bytes: [UInt8]) { self.bytes = Locked(bytes.isEmpty ? nil : bytes) }

    func take() -> [UInt8]? {
        bytes.withLock { piece in
            let taken = piece
            piece = nil
            return taken
        }
    }
}
