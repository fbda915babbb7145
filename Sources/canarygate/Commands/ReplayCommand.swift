package import ArgumentParser
import Kubernetes
import Lint
import Platform

/// `canarygate replay`: the loop's decisions, made again from its journal.
package struct ReplayCommand: AsyncParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "replay",
        abstract: "Make the loop's decisions again from its journal, and tell where one is another than was written.",
        discussion: """
            Reads the lines that serve --journal has written, or the last ticks that stand in a Canary's status. For each it \
            prints what the loop saw, what it asked and was answered, what it found and did, and what this version would \
            do otherwise.

            Exits with 0 when all is decided as it was written, 1 when something is not, 64 for wrong usage, 65 for input \
            that cannot be read, 69 for a cluster that cannot be reached.
            """
    )

    @Argument(
        help: ArgumentHelp(
            "A journal, or - for standard input. Without any, and without --canary, standard input is read.",
            valueName: "file"
        )
    )
    var paths: [String] = []

    @Option(
        help: ArgumentHelp(
            "This Canary's entries alone; without a file those in its status in the cluster of the current kubeconfig.",
            valueName: "namespace/name"
        )
    )
    var canary: String?

    @Flag(help: "Print only the entries that are decided otherwise.")
    var differencesOnly = false

    @Option(name: [.customShort("o"), .customLong("output")], help: "How the entries are written.")
    var format = ReplayFormat.text

    private static let nothing =
        "nothing to replay: give a file that serve --journal has written, its lines on standard input, or --canary namespace/name"

    package init() {}

    package func validate() throws { _ = try key() }

    package func run() async throws {
        if paths.isEmpty, canary == nil, ProcessEnvironment.isInputTerminal { throw ValidationError(Self.nothing) }
        let outcome = try await outcome(environment: ProcessEnvironment.variables)
        ProcessEnvironment.printError(outcome.complaints)
        ProcessEnvironment.print(outcome.output)
        guard outcome.exitCode == 0 else { throw ExitCode(outcome.exitCode) }
    }

    /// Reads the journal and makes its decisions again; `environment` names the kubeconfig.
    ///
    /// - Throws: `ValidationError` when there is nothing to replay.
    package func outcome(environment: [String: String]) async throws -> LintCommand.Outcome {
        var journal = Journal()
        let key = try key()
        if paths.isEmpty, let key {
            do {
                let object = try await ClusterPicture.object(.canaries, key, environment: environment)
                journal.read(statusOf: object, namespace: key.namespace ?? "", name: key.name)
            } catch {
                if (error as? KubernetesError)?.isNotFound == true {
                    throw ValidationError("--canary \(key): there is none in the cluster")
                }
                return LintCommand.Outcome(output: "", complaints: "read canary \(key): \(error)\n", exitCode: 69)
            }
        } else {
            read(paths.isEmpty ? ["-"] : paths, into: &journal)
        }
        if let key { journal.entries.removeAll { $0.namespace != key.namespace || $0.name != key.name } }
        guard !journal.entries.isEmpty || !journal.faults.isEmpty else { throw ValidationError(emptiness(key)) }
        let report = ReplayReport(journal)
        let notes = report.passedOver.map { "note: \($0)" }
        return LintCommand.Outcome(
            output: format.text(of: report, differencesOnly: differencesOnly),
            complaints: (report.faults.map(\.description) + notes).map { "\($0)\n" }.joined(),
            exitCode: report.exitCode
        )
    }

    private func read(_ paths: [String], into journal: inout Journal) {
        for path in paths {
            let name = path == "-" ? "stdin" : path
            do throws(FileStore.Failure) {
                let bytes =
                    try path == "-"
                    ? ProcessEnvironment.readInput(limit: InputFiles.sizeLimit)
                    : FileStore.read(path, limit: InputFiles.sizeLimit)
                journal.read(bytes, of: name)
            } catch {
                journal.faults.append(JournalFault(name, "read: \(error.reason)"))
            }
        }
    }

    /// What is said where no entry is to be replayed.
    private func emptiness(_ key: ObjectKey?) -> String {
        guard let key else { return Self.nothing }
        return paths.isEmpty
            ? "--canary \(key): its status has no journal yet" : "--canary \(key): no entry is about it"
    }

    /// The Canary that `--canary` names; nil where it is not given.
    private func key() throws -> ObjectKey? {
        guard let canary else { return nil }
        let parts = canary.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        guard parts.count == 2, parts.allSatisfy({ !$0.isEmpty }) else {
            throw ValidationError("--canary: \(canary), expected namespace/name")
        }
        return ObjectKey(namespace: parts[0], name: parts[1])
    }
}

extension ReplayFormat: ExpressibleByArgument {}
