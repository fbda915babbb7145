internal import Glibc

/// A file to whose end whole lines are written.
///
/// The system appends each write in one piece, so several writers and a reader that follows never see lines mixed.
/// Writing blocks for as long as the system takes to copy the bytes.
package final class AppendedFile: Sendable {
    private let path: String
    private let descriptor: Int32

    /// Opens the file at `path`, made with mode 0600 where there is none.
    ///
    /// Throws `FileStore.Failure` when it cannot be opened.
    package init(path: String) throws(FileStore.Failure) {
        let descriptor = unsafe open(path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw FileStore.failure("open", path, errno) }
        self.path = path
        self.descriptor = descriptor
    }

    deinit { close(descriptor) }

    /// Writes `bytes` to the end.
    ///
    /// Throws `FileStore.Failure` when the system refuses; a part of them may have been written then.
    package func append(_ bytes: [UInt8]) throws(FileStore.Failure) {
        guard FileStore.writeAll(bytes, to: descriptor) else { throw FileStore.failure("write", path, errno) }
    }
}
