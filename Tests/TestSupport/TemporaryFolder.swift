import Glibc
import Platform

/// A folder that goes, with the files that were written to it, when nobody holds it any more.
final class TemporaryFolder: Sendable {
    let path: String
    private let files = Locked<[String]>([])

    init() throws {
        path = "/tmp/canarygate-test-\(String(UInt64.random(in: 0 ... .max), radix: 16))"
        try FileStore.makeFolder(path)
    }

    deinit {
        for file in files.withLock({ $0 }) { unlink(file) }
        rmdir(path)
    }

    /// Writes a file and returns its path.
    @discardableResult
    func write(_ text: String, to name: String) throws -> String {
        let file = "\(path)/\(name)"
        try FileStore.write(Array(text.utf8), to: file)
        files.withLock { $0.append(file) }
        return file
    }

    /// Removes a file.
    func remove(_ name: String) { unlink("\(path)/\(name)") }
}
