internal import Glibc

/// Reading and writing whole small files: certificates, tokens, kubeconfigs, manifests. Blocks: call it at start-up or
/// off the event loops.
package enum FileStore {
    /// A file could not be read or written.
    package struct Failure: Error, Hashable, CustomStringConvertible {
        /// `read` or `write`.
        package let operation: String
        /// The file's path as it was given.
        package let path: String
        /// What the system said, or which limit was passed.
        package let reason: String

        /// `read /etc/x: no such file or directory`.
        package var description: String { "\(operation) \(path): \(reason)" }
    }

    /// The bytes of the file at `path`.
    ///
    /// - Parameter limit: how many bytes at most; a larger file is refused. 16 MiB, beyond any file we read.
    /// - Throws: `Failure` when it cannot be opened or read, or is larger than `limit`.
    package static func read(_ path: String, limit: Int = 16 << 20) throws(Failure) -> [UInt8] {
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw failure("read", path, errno) }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 64 << 10)
        while true {
            let count = unsafe Glibc.read(descriptor, &chunk, chunk.count)
            if count == 0 { return bytes }
            if count < 0 {
                if errno == EINTR { continue }
                throw failure("read", path, errno)
            }
            bytes += chunk[..<count]
            guard bytes.count <= limit else {
                throw Failure(operation: "read", path: path, reason: "larger than \(limit) bytes")
            }
        }
    }

    /// Writes `bytes` to a new file beside `path` and renames it there, so that a reader sees the old or the new whole.
    ///
    /// - Parameter mode: the permission bits; 0600 for anything with a key in it.
    /// - Throws: `Failure` when the file cannot be made, written or renamed.
    package static func write(_ bytes: [UInt8], to path: String, mode: UInt32 = 0o600) throws(Failure) {
        let temporary = "\(path).\(getpid()).tmp"
        let descriptor = unsafe open(temporary, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, mode)
        guard descriptor >= 0 else { throw failure("write", path, errno) }
        var written = 0
        while written < bytes.count {
            let count = unsafe bytes.withUnsafeBytes {
                unsafe Glibc.write(descriptor, $0.baseAddress! + written, bytes.count - written)
            }
            if count < 0 {
                let code = errno
                if code == EINTR { continue }
                close(descriptor)
                unsafe unlink(temporary)
                throw failure("write", path, code)
            }
            written += count
        }
        fchmod(descriptor, mode)
        close(descriptor)
        guard unsafe rename(temporary, path) == 0 else { throw failure("write", path, errno) }
    }

    private static func failure(_ operation: String, _ path: String, _ code: Int32) -> Failure {
        Failure(operation: operation, path: path, reason: unsafe String(cString: strerror(code)).lowercased())
    }
}
