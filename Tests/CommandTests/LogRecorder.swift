import Logging
import Platform

/// Keeps what is logged.
final class LogRecorder: Sendable {
    private struct Handler: LogHandler {
        let recorder: LogRecorder
        var metadata: Logger.Metadata = [:]
        var logLevel = Logger.Level.trace

        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(event: LogEvent) {
            let fields = (event.metadata ?? [:]).sorted { $0.key < $1.key }.map { " \($0.key)=\($0.value)" }
            recorder.kept.withLock { $0.append("\(event.level) \(event.message)\(fields.joined())") }
        }
    }

    private let kept = Locked<[String]>([])

    /// Writes here.
    var logger: Logger { Logger(label: "test") { _ in Handler(recorder: self) } }

    /// What was logged since the last time, one line each: `error no luck error.message=none left`.
    func take() -> [String] {
        kept.withLock { lines in
            defer { lines = [] }
            return lines
        }
    }
}
