import Platform

/// A bearer token in a file that is rotated; kubelet renews a service account's well before it runs out.
final class TokenFile: CredentialSource {
    private struct Reading {
        let token: String
        let time: Timestamp
    }

    /// How long a token is used before the file is read again.
    private static let lifetime: Duration = .seconds(60)

    private let path: String
    private let clock: any WallClock
    private let last = Locked<Reading?>(nil)

    /// The token in the file at `path`.
    init(path: String, clock: any WallClock) {
        self.path = path
        self.clock = clock
    }

    /// The token, at most a minute old.
    ///
    /// - Throws: `FileStore.Failure` when the file was never readable, or is empty.
    func token() throws(FileStore.Failure) -> String { try token(within: Self.lifetime) }

    func authorization() async throws -> String? { "Bearer \(try token())" }

    func hasAnother(than authorization: String?) async -> Bool {
        do throws(FileStore.Failure) {
            return try "Bearer \(token(within: .zero))" != authorization
        } catch {
            return false
        }
    }

    /// The token, at most `lifetime` old.
    private func token(within lifetime: Duration) throws(FileStore.Failure) -> String {
        let now = clock.now()
        let known = last.withLock { $0 }
        if let known, now - known.time < lifetime { return known.token }
        do throws(FileStore.Failure) {
            let token = String(decoding: try FileStore.read(path), as: UTF8.self).filter { !$0.isWhitespace }
            guard !token.isEmpty else {
                throw FileStore.Failure(operation: "read", path: path, reason: "empty, expected a token")
            }
            last.withLock { $0 = Reading(token: token, time: now) }
            return token
        } catch {
            // Still good until the server says otherwise.
            guard let known else { throw error }
            return known.token
        }
    }
}
