package import JSON
import Platform
import YAML

/// The files of the repository that the tests look at.
package enum RepositoryFiles {
    /// The repository's folder.
    package static var root: String {
        #filePath.split(separator: "/", omittingEmptySubsequences: false).dropLast(3).joined(separator: "/")
    }

    /// The text of the file at `path` within the repository.
    package static func text(_ path: String) throws -> String {
        String(decoding: try FileStore.read("\(root)/\(path)"), as: UTF8.self)
    }

    /// The documents of the YAML file at `path` within the repository.
    package static func documents(_ path: String) throws -> [JSONValue] {
        try YAMLParser.documents(in: Array(text(path).utf8)).map(\.value)
    }
}
