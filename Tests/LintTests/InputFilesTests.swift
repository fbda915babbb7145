import Foundation
import Lint
import Platform
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1))) struct InputFilesTests {
    private func folder(with files: String...) throws -> TemporaryFolder {
        let folder = try TemporaryFolder()
        for file in files { try folder.write("a: 1\n", to: file) }
        return folder
    }

    private func names(_ paths: [String], in folder: TemporaryFolder) -> [String] {
        let (sources, faults) = InputFiles.sources(paths.map { "\(folder.path)/\($0)" })
        #expect(faults.isEmpty)
        return sources.map { String($0.name.dropFirst(folder.path.count)) }
    }

    @Test func readsAFolderAndThoseInIt() throws {
        let folder = try folder(
            with:
                "b.yml",
            "a.yaml",
            "c.json",
            "d.txt",
            "sub/e.yaml",
            "sub.yaml/f.yaml",
            ".git/g.yaml",
            ".h.yaml"
        )
        #expect(names([""], in: folder) == ["/a.yaml", "/b.yml", "/c.json", "/sub/e.yaml", "/sub.yaml/f.yaml"])
    }

    @Test func readsWhatIsNamedOnce() throws {
        let folder = try folder(with: "a.yaml", "d.txt")
        #expect(names(["d.txt", "a.yaml", ""], in: folder) == ["/d.txt", "/a.yaml"])
    }

    @Test func followsLinksToFilesAlone() throws {
        let folder = try folder(with: "a.yaml", "real/b.yaml")
        try FileManager.default.createSymbolicLink(atPath: "\(folder.path)/l.yaml", withDestinationPath: "a.yaml")
        try FileManager.default.createSymbolicLink(atPath: "\(folder.path)/loop", withDestinationPath: ".")
        #expect(names([""], in: folder) == ["/a.yaml", "/l.yaml", "/real/b.yaml"])
    }

    @Test func namesWhatItCannotRead() throws {
        let folder = try folder(with: "a.yaml")
        let (sources, faults) = InputFiles.sources(["\(folder.path)/b.yaml", "\(folder.path)/a.yaml"])
        #expect(sources.count == 1)
        #expect(faults.map(\.description) == ["\(folder.path)/b.yaml: read: no such file or directory"])
    }
}
