import ArgumentParser
package import Logging

/// How log lines are written.
package enum LogFormat: String, CaseIterable, ExpressibleByArgument {
    /// `04:05:09.123 info  canarygate.controller: message key=value`, for people.
    case text
    /// One JSON object a line, for collectors.
    case json
}

/// The least level that is logged; the names are swift-log's.
package enum LogLevel: String, CaseIterable, ExpressibleByArgument {
    case trace
    case debug
    case info
    case notice
    case warning
    case error
    case critical

    /// The same level for swift-log.
    package var level: Logger.Level {
        switch self {
        case .trace: .trace
        case .debug: .debug
        case .info: .info
        case .notice: .notice
        case .warning: .warning
        case .error: .error
        case .critical: .critical
        }
    }
}
