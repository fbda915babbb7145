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

    @Test func keepsTheFileWholeWhenSeveralWriteIt() async throws {
        defer { unlink(path) }
        let path = path
        let texts = (0..<4).map { [UInt8](repeating: $0, count: 100_000) }
        try await withThrowingTaskGroup { group in
            for text in texts {
                group.addTask { for _ in 0..<25 { try FileStore.write(text, to: path) } }
            }
            try await group.waitForAll()
        }
        #expect(texts.contains(try FileStore.read(path)))
    }

    @Test func leavesNothingBehindWhereItCannotWrite() throws {
        try FileStore.makeFolder("\(path)/target/full")
        defer { for folder in ["/target/full", "/target", ""] { rmdir(path + folder) } }
        let failure = #expect(throws: FileStore.Failure.self) { try FileStore.write([1], to: "\(path)/target") }
        #expect(failure?.operation == "write")
        #expect(failure?.path == "\(path)/target")
        // The folder goes only where it is empty.
        #expect(rmdir("\(path)/target/full") == 0 && rmdir("\(path)/target") == 0 && rmdir(path) == 0)
    }

    @Test func refusesAFileBeyondTheLimit() throws {
        defer { unlink(path) }
        try FileStore.write([1, 2, 3], to: path)
        #expect(throws: FileStore.Failure(operation: "read", path: path, reason: "larger than 2 bytes")) {
            try FileStore.read(path, limit: 2)
        }
    }
}
