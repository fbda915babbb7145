import Foundation
import Testing

/// Stock kubectl, run as a user would.
struct Kubectl: Sendable {
    /// What a command printed and how it ended.
    struct Outcome: Sendable {
        let code: Int32
        let output: String
        let errors: String
    }

    /// The program, found on the PATH; nil where it is not installed.
    static let program: URL? = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
        .map { URL(fileURLWithPath: "\($0)/kubectl") }
        .first { FileManager.default.isExecutableFile(atPath: $0.path) }

    /// A command that takes longer has hung.
    private static let patience = "20s"

    /// The kubeconfig file.
    let kubeconfig: URL
    /// Where kubectl keeps what it learns of a cluster, and where its output goes.
    let folder: URL
    /// The program that is run.
    var tool: URL? = Kubectl.program

    /// Runs `kubectl arguments`, with `input` on its standard input.
    func callAsFunction(_ arguments: String..., input: String? = nil) async throws -> Outcome {
        try await callAsFunction(arguments: arguments, input: input)
    }

    /// The same, with more in its `environment`.
    func callAsFunction(
        arguments: [String],
        input: String? = nil,
        environment: [String: String] = [:]
    ) async throws -> Outcome {
        let program = try #require(tool)
        let scratch = folder.appendingPathComponent(UUID().uuidString)
        try FileManager.default.createDirectory(at: scratch, withIntermediateDirectories: true)
        defer { Kubectl.remove(scratch) }
        let files = try ["in", "out", "err"].map { name in
            let file = scratch.appendingPathComponent(name)
            try Data((name == "in" ? input ?? "" : "").utf8).write(to: file)
            return file
        }
        let process = Process()
        process.executableURL = program
        process.arguments =
            [
                "--kubeconfig=\(kubeconfig.path)", "--cache-dir=\(folder.path)/cache",
                "--request-timeout=\(Self.patience)",
            ] + arguments
        process.environment = ProcessInfo.processInfo.environment.merging(environment) { _, new in new }
        let handles = try [
            FileHandle(forReadingFrom: files[0]), FileHandle(forWritingTo: files[1]),
            FileHandle(forWritingTo: files[2]),
        ]
        // Foundation keeps a process that has ended, and its handles with it.
        defer { for handle in handles { Kubectl.close(handle) } }
        process.standardInput = handles[0]
        process.standardOutput = handles[1]
        process.standardError = handles[2]
        try await withCheckedThrowingContinuation { (continuation: CheckedContinuation<Void, any Error>) in
            process.terminationHandler = { _ in continuation.resume() }
            do { try process.run() } catch { continuation.resume(throwing: error) }
        }
        return Outcome(
            code: process.terminationStatus,
            output: String(decoding: try Data(contentsOf: files[1]), as: UTF8.self),
            errors: String(decoding: try Data(contentsOf: files[2]), as: UTF8.self)
        )
    }

    private static func close(_ handle: FileHandle) {
        do { try handle.close() } catch { Issue.record(error) }
    }

    private static func remove(_ url: URL) {
        do { try FileManager.default.removeItem(at: url) } catch { Issue.record(error) }
    }
}
