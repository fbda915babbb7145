import Platform

/// A file that is replaced now and then, such as the certificate of an authority.
final class RotatedFile: Sendable {
    private struct Reading {
        let bytes: [UInt8]
        let time: Timestamp
    }

    /// How long what was read is used before the file is read again.
    static let lifetime: Duration = .seconds(60)

    private let path: String
    private let clock: any WallClock
    private let last: Locked<Reading>

    /// The file at `path`, which has just been read and holds `bytes`.
    init(path: String, bytes: [UInt8], clock: any WallClock) {
        self.path = path
        self.clock = clock
        last = Locked(Reading(bytes: bytes, time: clock.now()))
    }

    /// What the file holds, at most a minute old; what it held last while it cannot be read or is empty.
    var bytes: [UInt8] {
        let now = clock.now()
        let known = last.withLock { $0 }
        guard now - known.time >= Self.lifetime else { return known.bytes }
        let bytes: [UInt8]
        do throws(FileStore.Failure) {
            let found = try FileStore.read(path)
            bytes = found.isEmpty ? known.bytes : found
        } catch {
            bytes = known.bytes
        }
        last.withLock { $0 = Reading(bytes: bytes, time: now) }
        return bytes
    }
}
