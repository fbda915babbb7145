import Glibc
import Platform
import Testing

@Suite(.timeLimit(.minutes(1))) struct AppendedFileTests {
    @Test func writesToTheEndWhoeverHasOpenedIt() throws {
        let path = "/tmp/canarygate-appended-\(getpid())-\(UInt64.random(in: 0 ... .max))"
        defer { unlink(path) }
        try AppendedFile(path: path).append(Array("one\n".utf8))
        let second = try AppendedFile(path: path)
        try second.append(Array("two\n".utf8))
        try second.append(Array("three\n".utf8))
        #expect(try FileStore.read(path) == Array("one\ntwo\nthree\n".utf8))
    }

    @Test func saysWhatCannotBeOpened() {
        #expect {
            try AppendedFile(path: "/nowhere/at/all")
        } throws: {
            "\($0)" == "open /nowhere/at/all: no such file or directory"
        }
    }
}
