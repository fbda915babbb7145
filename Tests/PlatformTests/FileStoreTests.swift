import Glibc
import Platform
import Testing

@Suite struct FileStoreTests {
    private let path = "/tmp/canarygate-filestore-\(getpid())-\(UInt64.random(in: 0 ... .max))"

    @Test func writesAFileOnlyItsOwnerCanReadAndReadsItBack() throws {
        defer { unlink(path) }
        let bytes = [UInt8](repeating: 7, count: 200_000)
        try FileStore.write(bytes, to: path)
        #expect(try FileStore.read(path) == bytes)
        var status = stat()
        #expect(stat(path, &status) == 0)
        #expect(status.st_mode & 0o777 == 0o600)
    }

    @Test func namesTheFileItCannotRead() {
        #expect(throws: FileStore.Failure(operation: "read", path: path, reason: "no such file or directory")) {
            try FileStore.read(path)
        }
    }

    @Test func refusesAFileBeyondTheLimit() throws {
        defer { unlink(path) }
        try FileStore.write([1, 2, 3], to: path)
        #expect(throws: FileStore.Failure(operation: "read", path: path, reason: "larger than 2 bytes")) {
            try FileStore.read(path, limit: 2)
        }
    }
}
