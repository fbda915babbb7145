import ArgumentParser
import Logging
import Platform

/// What to log, and how.
struct LoggingOptions: ParsableArguments {
    @Option(
        help:
            "The least level that is logged: trace, debug, info, notice, warning, error or critical. [CANARYGATE_LOG_LEVEL]"
    )
    var logLevel: LogLevel?

    @Option(help: "How log lines are written: text or json. [CANARYGATE_LOG_FORMAT]")
    var logFormat: LogFormat?

    /// Makes every logger of the process write as the options say.
    func bootstrap(clock: any WallClock, settings: Settings) throws {
        let level = try settings.value("CANARYGATE_LOG_LEVEL", given: logLevel) ?? .info
        let format = try settings.value("CANARYGATE_LOG_FORMAT", given: logFormat) ?? .text
        LoggingSystem.bootstrap { LineLogHandler(label: $0, level: level.level, format: format, clock: clock) }
    }
}
