internal import Glibc

/// What the process was started with, and its standard streams.
package enum ProcessEnvironment {
    /// The environment variables.
    package static var variables: [String: String] {
        var variables: [String: String] = [:]
        var entry = unsafe environ
        while let text = unsafe entry.pointee {
            let pair = unsafe String(cString: text)
            if let mark = pair.firstIndex(of: "=") {
                variables[String(pair[..<mark])] = String(pair[pair.index(after: mark)...])
            }
            unsafe entry += 1
        }
        return variables
    }

    /// Writes `text` to standard output, whole.
    package static func print(_ text: String) { write(text, to: STDOUT_FILENO) }

    /// Writes `text` to standard error, whole.
    package static func printError(_ text: String) { write(text, to: STDERR_FILENO) }

    private static func write(_ text: String, to descriptor: Int32) {
        // A closed or full pipe is nothing that a log line could report; the rest of the line is dropped.
        _ = FileStore.writeAll(Array(text.utf8), to: descriptor)
    }
}
