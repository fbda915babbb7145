import Platform

/// Finds and reads what is to be checked.
package enum InputFiles {
    /// The most bytes of one input, as JSON takes no more.
    package static let sizeLimit = 256 << 20

    /// The inputs that `paths` name, and what cannot be read of them.
    ///
    /// A folder stands for the `*.yaml`, `*.yml` and `*.json` in it and in the folders below it, by name; what begins
    /// with a dot is passed over, and so are links to folders. `-` is standard input. A file that is named twice is read
    /// once. It blocks.
    package static func sources(_ paths: [String]) -> (sources: [Source], faults: [InputFault]) {
        var sources: [Source] = []
        var faults: [InputFault] = []
        var seen: Set<String> = []
        func add(_ path: String) {
            guard seen.insert(path).inserted else { return }
            do throws(FileStore.Failure) {
                let bytes =
                    try path == "-"
                    ? ProcessEnvironment.readInput(limit: sizeLimit) : FileStore.read(path, limit: sizeLimit)
                sources.append(Source(name: path == "-" ? "stdin" : path, bytes: bytes))
            } catch {
                faults.append(InputFault(file: path == "-" ? "stdin" : path, reason: "read: \(error.reason)"))
            }
        }
        for path in paths {
            guard path != "-", FileStore.isFolder(path) else {
                add(path)
                continue
            }
            var files: [String] = []
            collect(path.count > 1 && path.hasSuffix("/") ? String(path.dropLast()) : path, &files, &faults)
            files.forEach(add)
        }
        return (sources, faults)
    }

    private static func collect(_ folder: String, _ files: inout [String], _ faults: inout [InputFault]) {
        do throws(FileStore.Failure) {
            for entry in try FileStore.entries(of: folder) where !entry.name.hasPrefix(".") {
                let path = folder == "/" ? "/\(entry.name)" : "\(folder)/\(entry.name)"
                switch entry.kind {
                case .folder: collect(path, &files, &faults)
                case .file where isManifest(entry.name): files.append(path)
                case .file, .other: break
                }
            }
        } catch {
            faults.append(InputFault(file: folder, reason: "read: \(error.reason)"))
        }
    }

    private static func isManifest(_ name: String) -> Bool {
        [".yaml", ".yml", ".json"].contains { name.hasSuffix($0) }
    }
}
