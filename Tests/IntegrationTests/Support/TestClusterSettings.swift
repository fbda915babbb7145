import Sandbox

/// What is particular about a sandbox and the server in it.
struct TestClusterSettings: Sendable {
    /// How fast the clock runs.
    var speed = 30.0
    /// How images answer, as `--behaviour` has it.
    var images: [String] = []
    /// Who calls.
    var callers = [CallerGroup()]
    /// More arguments of `canarygate serve`.
    var serverArguments: [String] = []
    /// Whether the server keeps a journal.
    var keepsJournal = false
}
