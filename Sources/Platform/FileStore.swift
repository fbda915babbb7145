internal import Glibc

/// Reading and writing whole small files: certificates, tokens, kubeconfigs, manifests.
///
/// It blocks: call it at start-up or off the event loops.
package enum FileStore {
    /// A file could not be read or written.
    package struct Failure: Error, Hashable, CustomStringConvertible {
        /// `read` or `write`.
        package let operation: String
        /// The file's path as it was given.
        package let path: String
        /// What the system said, or which limit was passed.
        package let reason: String

        /// A failure of `operation` on the file at `path`.
        package init(operation: String, path: String, reason: String) {
            self.operation = operation
            self.path = path
            self.reason = reason
        }

        /// `read /etc/x: no such file or directory`.
        package var description: String { "\(operation) \(path): \(reason)" }
    }

    /// The bytes of the file at `path`.
    ///
    /// Throws `Failure` when it cannot be opened or read, or is larger than `limit` bytes (16 MiB, beyond any file we
    /// read).
    package static func read(_ path: String, limit: Int = 16 << 20) throws(Failure) -> [UInt8] {
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw failure("read", path, errno) }
        defer { close(descriptor) }
        return try contents(of: descriptor, path, limit: limit)
    }

    /// What can be read from `descriptor`, which errors call `path`.
    static func contents(of descriptor: Int32, _ path: String, limit: Int) throws(Failure) -> [UInt8] {
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

    /// Whether there is something at `path` that may be read.
    package static func exists(_ path: String) -> Bool { unsafe access(path, R_OK) == 0 }

    /// Writes `bytes` to a new file beside `path` and renames it there, so that a reader sees the old or the new whole.
    ///
    /// `mode` is its permission bits: 0600 for anything with a key in it. Throws `Failure` when the file cannot be made,
    /// written or renamed.
    package static func write(_ bytes: [UInt8], to path: String, mode: UInt32 = 0o600) throws(Failure) {
        // A name that nobody else has or can know: neither another writer nor a link that was laid there is written to.
        let temporary = "\(path).\(String(UInt64.random(in: 0 ... .max), radix: 16)).tmp"
        let descriptor = unsafe open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode)
        guard descriptor >= 0 else { throw failure("write", path, errno) }
        defer { close(descriptor) }
        guard writeAll(bytes, to: descriptor), fchmod(descriptor, mode) == 0, unsafe rename(temporary, path) == 0 else {
            let code = errno
            unsafe unlink(temporary)
            throw failure("write", path, code)
        }
    }

    /// Makes the folder `path` and those above it, with mode 0700 where they are missing.
    ///
    /// Throws `Failure` when it cannot be made.
    package static func makeFolder(_ path: String) throws(Failure) {
        var prefix = path.hasPrefix("/") ? "/" : ""
        for component in path.split(separator: "/") {
            prefix += (prefix.isEmpty || prefix == "/" ? "" : "/") + component
            guard unsafe mkdir(prefix, 0o700) != 0, errno != EEXIST else { continue }
            throw failure("make folder", prefix, errno)
        }
    }

    /// Writes all of `bytes`; false with `errno` set when the system refuses.
    static func writeAll(_ bytes: [UInt8], to descriptor: Int32) -> Bool {
        var rest = bytes[...]
        while !rest.isEmpty {
            let count = unsafe rest.withUnsafeBytes { unsafe Glibc.write(descriptor, $0.baseAddress, $0.count) }
            if count < 0, errno == EINTR { continue }
            guard count >= 0 else { return false }
            rest = rest.dropFirst(count)
        }
        return true
    }

    static func failure(_ operation: String, _ path: String, _ code: Int32) -> Failure {
        Failure(operation: operation, path: path, reason: unsafe String(cString: strerror(code)).lowercased())
    }
}
