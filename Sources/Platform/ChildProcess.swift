internal import Glibc

/// Running another program and reading what it prints, as the credential plugins of a kubeconfig want it.
package enum ChildProcess {
    /// What to run, and within which bounds.
    package struct Request: Hashable, Sendable {
        /// The program: a path, or a name that is looked for in `PATH`.
        package var program: String
        /// Its arguments, without its own name.
        package var arguments: [String]
        /// Its whole environment.
        package var environment: [String: String]
        /// Whether it reads our standard input; else it finds that empty.
        package var readsInput: Bool
        /// How long it may take, in real time.
        package var timeLimit: Duration
        /// How many bytes it may print.
        package var outputLimit: Int

        /// A program with its arguments and bounds: by default a minute and a MiB.
        package init(
            program: String,
            arguments: [String] = [],
            environment: [String: String] = [:],
            readsInput: Bool = false,
            timeLimit: Duration = .seconds(60),
            outputLimit: Int = 1 << 20
        ) {
            self.program = program
            self.arguments = arguments
            self.environment = environment
            self.readsInput = readsInput
            self.timeLimit = timeLimit
            self.outputLimit = outputLimit
        }
    }

    /// A program that could not be run to its end with success.
    package enum Failure: Error, Hashable, CustomStringConvertible {
        /// There is no such program.
        case notFound
        /// It could not be started, for this reason.
        case notStarted(String)
        /// It ended with this code.
        case code(Int)
        /// A signal ended it.
        case signal(Int)
        /// It took longer than this.
        case late(Duration)
        /// It printed more than so many bytes.
        case tooMuch(Int)
        /// The task that waited for it was cancelled.
        case cancelled

        /// What happened, as the end of a message.
        package var description: String {
            switch self {
            case .notFound: "no such program"
            case .notStarted(let reason): "not started: \(reason)"
            case .code(let code): "ended with code \(code)"
            case .signal(let number): "ended by signal \(number)"
            case .late(let limit): "not done within \(GoDuration(limit).text), and killed"
            case .tooMuch(let limit): "printed more than \(limit) bytes, and was killed"
            case .cancelled: "cancelled, and killed"
            }
        }
    }

    /// Runs the program on a thread of its own and returns what it has printed to its standard output.
    ///
    /// Its standard error is ours. It is killed, with what it has started, when it passes a bound or the task is
    /// cancelled.
    ///
    /// - Throws: `Failure`.
    package static func output(of request: Request) async throws(Failure) -> [UInt8] {
        let isCancelled = Locked(false)
        let outcome = await withTaskCancellationHandler {
            await withCheckedContinuation { (continuation: CheckedContinuation<Result<[UInt8], Failure>, Never>) in
                let hasBegun = DetachedThread.start {
                    continuation.resume(
                        returning: Result { () throws(Failure) in
                            try blockingOutput(of: request) { isCancelled.withLock { $0 } }
                        }
                    )
                }
                if !hasBegun { continuation.resume(returning: .failure(.notStarted("no more threads"))) }
            }
        } onCancel: {
            isCancelled.withLock { $0 = true }
        }
        return try outcome.get()
    }

    private static func blockingOutput(
        of request: Request,
        isCancelled: () -> Bool
    ) throws(Failure) -> [UInt8] {
        let started = try SpawnedProgram(request)
        return try started.output(within: request.timeLimit, limit: request.outputLimit, isCancelled: isCancelled)
    }
}
