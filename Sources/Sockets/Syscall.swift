internal import Glibc

/// The one place where system calls are made: retries `EINTR`, reads `errno` before anything else can change it, and
/// names the operation in the error.
enum Syscall {
    /// The result of `body`.
    ///
    /// - Throws: `SocketError` when it returns a negative number.
    @discardableResult
    static func run<Result: FixedWidthInteger & SignedInteger>(
        _ operation: StaticString,
        subject: @autoclosure () -> String = "",
        _ body: () -> Result
    ) throws(SocketError) -> Result {
        while true {
            let result = body()
            if result >= 0 { return result }
            let code = errno
            if code == EINTR { continue }
            throw SocketError(errno: code, operation: "\(operation)", subject: subject())
        }
    }

    /// The result of `body`, or nil when it would block.
    ///
    /// - Throws: `SocketError` when it returns a negative number for any other reason.
    static func nonblocking<Result: FixedWidthInteger & SignedInteger>(
        _ operation: StaticString,
        _ body: () -> Result
    ) throws(SocketError) -> Result? {
        while true {
            let result = body()
            if result >= 0 { return result }
            let code = errno
            if code == EINTR { continue }
            if code == EAGAIN || code == EWOULDBLOCK || code == EINPROGRESS { return nil }
            throw SocketError(errno: code, operation: "\(operation)")
        }
    }

    /// Makes writing to a connection that is gone an error instead of a signal, once a process: OpenSSL writes with
    /// `write`, which knows no `MSG_NOSIGNAL`.
    static let ignorePipeSignal: Void = {
        _ = signal(SIGPIPE, SIG_IGN)
    }()
}
