internal import Glibc

extension ProcessEnvironment {
    /// Whether standard input is somebody at a terminal.
    package static var isInputTerminal: Bool { isatty(STDIN_FILENO) == 1 }

    /// Whether standard output is read on a terminal.
    package static var isOutputTerminal: Bool { isatty(STDOUT_FILENO) == 1 }

    /// Whether standard error is read on a terminal.
    package static var isErrorTerminal: Bool { isatty(STDERR_FILENO) == 1 }

    /// Standard input up to its end; blocks until then.
    ///
    /// Throws `FileStore.Failure` when it cannot be read, or is larger than `limit` bytes.
    package static func readInput(limit: Int) throws(FileStore.Failure) -> [UInt8] {
        try FileStore.contents(of: STDIN_FILENO, "standard input", limit: limit)
    }
}
