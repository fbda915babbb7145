internal import Glibc

/// A program that runs, and the pipe from its standard output.
///
/// All its calls block; they belong on a thread of their own.
struct SpawnedProgram: ~Copyable {
    /// How often it is looked whether the program has ended or is to be ended: 20 ms.
    private static let tick: Int32 = 20

    private let process: pid_t
    private let output: Int32
    /// Whether it is the first of a process group of its own.
    private let leadsGroup: Bool

    deinit { close(output) }

    /// Starts the program.
    ///
    /// - Throws: `ChildProcess.Failure`, `notFound` or `notStarted`.
    init(_ request: ChildProcess.Request) throws(ChildProcess.Failure) {
        // With a terminal it stays in our group: one of the background may not read from it.
        let leadsGroup = !request.readsInput
        let (process, output) = try Self.starting.withLock { _ throws(ChildProcess.Failure) in
            try Self.start(request, leadsGroup: leadsGroup)
        }
        self.process = process
        self.output = output
        self.leadsGroup = leadsGroup
    }

    /// Held while a program is started: another one would inherit a pipe that is not yet marked as ours, and keep it
    /// open.
    private static let starting = Locked(())

    private static func start(
        _ request: ChildProcess.Request,
        leadsGroup: Bool
    ) throws(ChildProcess.Failure) -> (pid_t, Int32) {
        var ends: [Int32] = [-1, -1]
        guard unsafe pipe(&ends) == 0 else { throw .notStarted(text(errno)) }
        for end in ends { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
        var process: pid_t = 0
        let code = unsafe spawn(request, into: &process, output: ends[1], leadsGroup: leadsGroup)
        close(ends[1])
        guard code == 0 else {
            close(ends[0])
            throw code == ENOENT ? .notFound : .notStarted(text(code))
        }
        return (process, ends[0])
    }

    /// What it prints until it ends.
    ///
    /// - Throws: `ChildProcess.Failure`.
    func output(
        within limit: Duration,
        limit byteLimit: Int,
        isCancelled: () -> Bool
    ) throws(ChildProcess.Failure) -> [UInt8] {
        var bytes: [UInt8] = []
        var isOpen = true
        let deadline = ContinuousClock.now + limit
        while true {
            if isOpen { isOpen = read(into: &bytes) } else { _ = poll(nil, 0, Self.tick) }
            if !isOpen, let status = ended() { return try Self.outcome(status, bytes) }
            if bytes.count > byteLimit { throw killed(.tooMuch(byteLimit)) }
            if isCancelled() { throw killed(.cancelled) }
            if ContinuousClock.now >= deadline { throw killed(.late(limit)) }
        }
    }

    /// Reads what is there within a tick; false at the end.
    private func read(into bytes: inout [UInt8]) -> Bool {
        var wanted = pollfd(fd: output, events: Int16(POLLIN), revents: 0)
        let count = unsafe poll(&wanted, 1, Self.tick)
        guard count != 0 else { return true }
        guard count > 0 else { return errno == EINTR }
        var chunk = [UInt8](repeating: 0, count: 16 << 10)
        let length = unsafe Glibc.read(output, &chunk, chunk.count)
        guard length > 0 else { return length < 0 && errno == EINTR }
        bytes += chunk[..<length]
        return true
    }

    /// How it ended; nil while it runs.
    private func ended() -> Int32? {
        var status: Int32 = 0
        return unsafe waitpid(process, &status, WNOHANG) == process ? status : nil
    }

    /// Ends it, and what it has started, and returns why.
    private func killed(_ why: ChildProcess.Failure) -> ChildProcess.Failure {
        kill(leadsGroup ? -process : process, SIGKILL)
        var status: Int32 = 0
        while unsafe waitpid(process, &status, 0) < 0, errno == EINTR {}
        return why
    }

    /// The wait status as `sys/wait.h` has it: the signal in the low seven bits, else the code in the next eight.
    private static func outcome(_ status: Int32, _ bytes: [UInt8]) throws(ChildProcess.Failure) -> [UInt8] {
        let signal = status & 0x7f
        guard signal == 0 else { throw .signal(Int(signal)) }
        let code = status >> 8 & 0xff
        guard code == 0 else { throw .code(Int(code)) }
        return bytes
    }

    private static func text(_ code: Int32) -> String { unsafe String(cString: strerror(code)).lowercased() }
}

extension SpawnedProgram {
    /// Starts it; returns the error's number, 0 for none.
    @unsafe
    private static func spawn(
        _ request: ChildProcess.Request,
        into process: inout pid_t,
        output: Int32,
        leadsGroup: Bool
    ) -> Int32 {
        var actions = unsafe posix_spawn_file_actions_t()
        var attributes = posix_spawnattr_t()
        unsafe posix_spawn_file_actions_init(&actions)
        unsafe posix_spawnattr_init(&attributes)
        defer {
            unsafe posix_spawn_file_actions_destroy(&actions)
            unsafe posix_spawnattr_destroy(&attributes)
        }
        if !request.readsInput {
            unsafe posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0)
        }
        unsafe posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO)
        // A server ignores SIGPIPE and its threads block signals; a program expects neither.
        var none = sigset_t()
        var pipes = sigset_t()
        unsafe sigemptyset(&none)
        unsafe sigemptyset(&pipes)
        unsafe sigaddset(&pipes, SIGPIPE)
        unsafe posix_spawnattr_setsigmask(&attributes, &none)
        unsafe posix_spawnattr_setsigdefault(&attributes, &pipes)
        let flags = POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | (leadsGroup ? POSIX_SPAWN_SETPGROUP : 0)
        unsafe posix_spawnattr_setflags(&attributes, Int16(flags))
        let environment = request.environment.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
        return unsafe withTexts([request.program] + request.arguments) { arguments in
            unsafe withTexts(environment) { variables in
                unsafe posix_spawnp(&process, request.program, &actions, &attributes, arguments, variables)
            }
        }
    }

    /// Calls `body` with `texts` as C has them: pointers to bytes that end with zero, and a null pointer at the end.
    @unsafe
    private static func withTexts(
        _ texts: [String],
        _ body: ([UnsafeMutablePointer<CChar>?]) -> Int32
    ) -> Int32 {
        var pointers = unsafe texts.map { unsafe strdup($0) }
        defer { for index in unsafe pointers.indices { unsafe free(pointers[index]) } }
        unsafe pointers.append(nil)
        return unsafe body(pointers)
    }
}
