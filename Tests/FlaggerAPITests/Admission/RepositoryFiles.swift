import JSON
import Platform
import YAML

/// The files of the repository that the tests look at.
enum RepositoryFiles {
    /// The text of the file at `path` within the repository.
    static func text(_ path: String) throws -> String {
        let here = #filePath
        let root = here.split(separator: "/", omittingEmptySubsequences: false).dropLast(4).joined(separator: "/")
        return String(decoding: try FileStore.read("\(root)/\(path)"), as: UTF8.self)
    }

    /// The documents of the YAML file at `path` within the repository.
    static func documents(_ path: String) throws -> [JSONValue] {
        try YAMLParser.documents(in: Array(text(path).utf8)).map(\.value)
    }
}
