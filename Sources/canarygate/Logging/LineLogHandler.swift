import JSON
package import Logging
package import Platform

/// Writes a log line to standard error, as text or as JSON.
package struct LineLogHandler: LogHandler {
    /// What every line says.
    package var metadata: Logger.Metadata = [:]
    /// The least level that is written.
    package var logLevel: Logger.Level
    private let label: String
    private let format: LogFormat
    private let clock: any WallClock

    /// A handler for the logger `label`.
    package init(label: String, level: Logger.Level, format: LogFormat, clock: any WallClock) {
        self.label = label
        self.logLevel = level
        self.format = format
        self.clock = clock
    }

    /// One of `metadata`.
    package subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    /// Writes the line of `event`.
    package func log(event: LogEvent) { ProcessEnvironment.printError(line(of: event)) }

    /// The line of `event` with its end.
    package func line(of event: LogEvent) -> String {
        let fields = metadata.merging(event.metadata ?? [:]) { $1 }.sorted { $0.key < $1.key }
        return switch format {
        case .text: textLine(event, fields)
        case .json: jsonLine(event, fields)
        }
    }

    private func textLine(_ event: LogEvent, _ fields: [(key: String, value: Logger.Metadata.Value)]) -> String {
        let time = clock.now().rfc3339Micro.dropFirst(11).prefix(12)
        let level = event.level.rawValue.padded(to: 8)
        let pairs = fields.map { " \($0.key)=\(Self.quoted("\($0.value)"))" }.joined()
        return "\(time) \(level) \(label): \(event.message)\(pairs)\n"
    }

    private func jsonLine(_ event: LogEvent, _ fields: [(key: String, value: Logger.Metadata.Value)]) -> String {
        var line: JSONValue = [
            "time": .string(clock.now().rfc3339Micro), "level": .string(event.level.rawValue), "logger": .string(label),
            "message": .string("\(event.message)"),
        ]
        for (key, value) in fields { line[key] = .string("\(value)") }
        return line.text + "\n"
    }

    /// The text in quotes where a blank or a control character would break the line up.
    private static func quoted(_ text: String) -> String {
        guard text.isEmpty || text.contains(where: { $0 == " " || $0 == "\"" || $0.isNewline }) else { return text }
        return JSONValue.string(text).text
    }
}

extension String {
    fileprivate func padded(to width: Int) -> String { self + String(repeating: " ", count: max(0, width - count)) }
}
