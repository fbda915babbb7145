import JSON
import Platform
import YAML

/// The repository's own manifests.
enum RepositoryFiles {
    /// The documents of the YAML file at `path`, which is relative to the repository.
    static func documents(_ path: String) throws -> [JSONValue] {
        let here = #filePath
        guard let root = here.firstRange(of: "/Tests/SandboxTests/") else { return [] }
        let bytes = try FileStore.read("\(here[..<root.lowerBound])/\(path)")
        return try YAMLParser.documents(in: bytes).map(\.value)
    }
}
