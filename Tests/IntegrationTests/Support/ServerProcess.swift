import Foundation
import Glibc
import Testing

/// `canarygate serve` as a process of its own.
final class ServerProcess: @unchecked Sendable {
    // Foundation's Process is used from one test at a time.
    private let process = Process()

    /// The program, which is built beside the tests.
    private static let program = URL(fileURLWithPath: ProcessInfo.processInfo.arguments[0])
        .deletingLastPathComponent().appendingPathComponent("canarygate")

    /// Starts it with `arguments`; its log goes to `log`.
    init(_ arguments: [String], environment: [String: String], log: URL) throws {
        if !FileManager.default.fileExists(atPath: log.path) { try Data().write(to: log) }
        let output = try FileHandle(forWritingTo: log)
        try output.seekToEnd()
        process.executableURL = Self.program
        process.arguments = ["serve", "--drain-delay", "0s"] + arguments
        process.environment = environment
        process.standardInput = FileHandle.nullDevice
        process.standardOutput = output
        process.standardError = output
        try process.run()
    }

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
}
