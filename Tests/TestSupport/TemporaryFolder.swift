import Foundation
import Platform

/// A folder that goes, with all that is in it, when nobody holds it any more.
package final class TemporaryFolder: Sendable {
    /// Where it is.
    package let path: String

    /// A new folder with nothing in it.
    package init() throws {
        path = "/tmp/canarygate-test-\(UUID().uuidString)"
        try FileStore.makeFolder(path)
    }

    /// A new folder with `text` in its file `name`.
    package convenience init(_ text: String, in name: String = "a.yaml") throws {
        try self.init()
        try write(text, to: name)
    }

    deinit {
        do { try FileManager.default.removeItem(atPath: path) } catch { preconditionFailure("\(error)") }
    }

    /// Writes the file `name`, which may be in folders of its own, and returns its path.
    @discardableResult
    package func write(_ text: String, to name: String) throws -> String {
        let file = "\(path)/\(name)"
        try FileStore.makeFolder(file.split(separator: "/").dropLast().reduce("") { "\($0)/\($1)" })
        try FileStore.write(Array(text.utf8), to: file)
        return file
    }

    /// Removes the file `name`.
    package func remove(_ name: String) throws { try FileManager.default.removeItem(atPath: "\(path)/\(name)") }
}
