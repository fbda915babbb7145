import Foundation
import Glibc
import Testing

/// `canarygate serve` as a process of its own.
final class ServerProcess: @unchecked Sendable {
    // Foundation's Process is used from one test at a time.
    private let process = Process()
    private let (ends, end) = AsyncStream<Int32>.makeStream()

    /// The program: what `TEST_PROGRAM` names, else the one that is built beside the tests.
    private static let program =
        ProcessInfo.processInfo.environment["TEST_PROGRAM"].map { URL(fileURLWithPath: $0) }
        ?? URL(fileURLWithPath: ProcessInfo.processInfo.arguments[0])
        .deletingLastPathComponent().appendingPathComponent("canarygate")

    /// Starts it with `arguments`; its log goes to `log`.
    init(_ arguments: [String], environment: [String: String], log: URL, drainDelay: Duration = .zero) throws {
        if !FileManager.default.fileExists(atPath: log.path) { try Data().write(to: log) }
        let output = try FileHandle(forWritingTo: log)
        try output.seekToEnd()
        process.executableURL = Self.program
        process.arguments = ["serve", "--drain-delay", "\(drainDelay.components.seconds)s"] + arguments
        process.environment = environment
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = output
        process.standardError = output
        process.terminationHandler = { [end] process in
            end.yield(process.terminationStatus)
            end.finish()
        }
        try process.run()
    }

    /// Its number, by which the system knows it.
    var identifier: Int32 { process.processIdentifier }

    /// Kills it, with no time for anything.
    func kill() {
        Glibc.kill(process.processIdentifier, SIGKILL)
        process.waitUntilExit()
    }

    /// Asks it to stop, and returns its exit code.
    func terminate() -> Int32 {
        process.terminate()
        process.waitUntilExit()
        return process.terminationStatus
    }

    /// Asks it to stop, and suspends until it has; its exit code, nil when the task is cancelled before.
    func stopped() async -> Int32? {
        process.terminate()
        return await ends.first { _ in true }
    }
}
