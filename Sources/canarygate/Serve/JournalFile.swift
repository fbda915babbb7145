import Controller
import JSON
import Logging
import Platform

/// Writes the loop's journal as JSON lines to a file, or to standard output where the path is `-`.
///
/// A line is written as a log line is: at once, and in the task that has it.
struct JournalFile: JournalSink {
    /// The path that stands for standard output.
    static let standardOutput = "-"

    private let file: AppendedFile?
    private let logger = Logger(label: "canarygate.journal")

    /// A journal at `path`.
    ///
    /// - Throws: `FileStore.Failure` when the file cannot be opened.
    init(path: String) throws(FileStore.Failure) {
        file = path == Self.standardOutput ? nil : try AppendedFile(path: path)
    }

    func write(_ entry: JSONValue) async {
        guard let file else { return ProcessEnvironment.print(entry.text + "\n") }
        do {
            try file.append(entry.serialized + [UInt8(ascii: "\n")])
        } catch {
            logger.warning("could not write the journal", metadata: ["error.message": "\(error)"])
        }
    }
}
