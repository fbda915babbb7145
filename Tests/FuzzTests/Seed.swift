import Foundation
import Platform
import TestSupport

/// A file in `Tests/FuzzTests/Seeds/<target>`.
struct Seed {
    let name: String
    let bytes: [UInt8]

    private static let folder = "\(RepositoryFiles.root)/Tests/FuzzTests/Seeds"

    /// The names of the folders.
    static func folders() throws -> [String] { try FileManager.default.contentsOfDirectory(atPath: folder) }

    /// The seeds of `target`, by name.
    static func all(of target: String) throws -> [Seed] {
        let path = "\(folder)/\(target)"
        return try FileManager.default.contentsOfDirectory(atPath: path).sorted().map { name in
            Seed(name: name, bytes: try FileStore.read("\(path)/\(name)"))
        }
    }
}
