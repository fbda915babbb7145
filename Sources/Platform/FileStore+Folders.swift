internal import Glibc

extension FileStore {
    /// What a folder holds.
    package struct Entry: Hashable, Sendable {
        /// What stands at a path.
        package enum Kind: Hashable, Sendable {
            /// A folder itself, not a link to one.
            case folder
            /// A file, or a link to one.
            case file
            /// A device, a socket, a link to a folder or to nothing.
            case other
        }

        /// The name within the folder.
        package let name: String
        /// What it is.
        package let kind: Kind
    }

    /// Whether there is a folder, or a link to one, at `path`.
    package static func isFolder(_ path: String) -> Bool {
        var status = stat()
        return unsafe stat(path, &status) == 0 && status.st_mode & S_IFMT == S_IFDIR
    }

    /// What is in the folder at `path`, by name; not those of the folders within it.
    ///
    /// Throws `Failure` when it cannot be opened or read.
    package static func entries(of path: String) throws(Failure) -> [Entry] {
        guard let folder = unsafe opendir(path) else { throw failure("read", path, errno) }
        defer { unsafe closedir(folder) }
        var entries: [Entry] = []
        while true {
            errno = 0
            guard let entry = unsafe readdir(folder) else {
                guard errno == 0 else { throw failure("read", path, errno) }
                return entries.sorted { $0.name < $1.name }
            }
            let name = unsafe withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
                unsafe String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            if name != ".", name != ".." { entries.append(Entry(name: name, kind: kind(of: "\(path)/\(name)"))) }
        }
    }

    private static func kind(of path: String) -> Entry.Kind {
        var status = stat()
        guard unsafe lstat(path, &status) == 0 else { return .other }
        if status.st_mode & S_IFMT == S_IFDIR { return .folder }
        guard unsafe stat(path, &status) == 0 else { return .other }
        return status.st_mode & S_IFMT == S_IFREG ? .file : .other
    }
}
