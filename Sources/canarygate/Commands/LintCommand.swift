import Admission
package import ArgumentParser
import ContourAPI
import FlaggerAPI
import Kubernetes
import Lint
import Platform

/// `canarygate lint`: what the webhooks would say of the objects in files.
package struct LintCommand: AsyncParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "lint",
        abstract: "Check manifests as the webhooks would, before they are applied.",
        discussion: """
            Reads YAML with any number of documents, JSON, lists, and what kustomize writes; objects of other kinds are \
            looked at from those that are judged. All inputs are one picture: what one names is found in another. What is \
            in none of them is a warning.

            A comment takes a finding away: "# canarygate:ignore canary/rule-id reason" on the field's line, on the line \
            before it, or at the top of the document for all of it.

            Exits with 0 when nothing is found, 1 for findings, 64 for wrong usage, 65 for input that cannot be read, 69 \
            for a cluster that cannot be reached.
            """
    )

    @Option(
        name: [.customShort("f"), .customLong("filename")],
        parsing: .upToNextOption,
        help: ArgumentHelp(
            "A file, a folder (its *.yaml, *.yml and *.json, those of folders in it too), or - for standard input; may be given several times. Without it standard input is read.",
            valueName: "file"
        )
    )
    var paths: [String] = []

    @Option(name: [.customShort("o"), .customLong("output")], help: "How findings are written.")
    var format = ReportFormat.text

    @Option(help: "The least that is reported and makes the check fail: deny leaves warnings out.")
    var level = LintLevel.warn

    @Flag(help: "Look in the cluster of the current kubeconfig for what is not in the files.")
    var cluster = false

    @OptionGroup(title: "Rules and loop") var rules: RuleOptions

    @OptionGroup(title: "Contour") var contour: ContourOptions

    private static let nothing = "nothing to check: give -f FILE, -f FOLDER, or objects on standard input"

    /// Reads certificates too, as the server does.
    static let secrets = SecretReader(certificates: OpenSSLCertificates())

    package init() {}

    package func run() async throws {
        if paths.isEmpty, ProcessEnvironment.isInputTerminal { throw ValidationError(Self.nothing) }
        let outcome = try await outcome(environment: ProcessEnvironment.variables)
        ProcessEnvironment.printError(outcome.complaints)
        ProcessEnvironment.print(outcome.output)
        guard outcome.exitCode == 0 else { throw ExitCode(outcome.exitCode) }
    }

    /// What a run comes to.
    package struct Outcome {
        /// What goes to standard output.
        package let output: String
        /// What goes to standard error.
        package let complaints: String
        /// 0, 1, 65 or 69.
        package let exitCode: Int32
    }

    /// Reads and judges the inputs; `environment` names the kubeconfig.
    ///
    /// - Throws: `ValidationError` when there is nothing to check.
    package func outcome(environment: [String: String]) async throws -> Outcome {
        let variables = Settings(environment: environment)
        let judge = Judge(
            settings: RuleSettings(
                isDriven: try rules.loop(variables) != .off,
                refusesForeignNamespaces: try rules.refusesForeignNamespaces(variables)
            ),
            modes: try rules.modes(variables)
        )
        let extras = WatchedKinds.extras + (judge.isDriving ? WatchedKinds.besideLoop : WatchedKinds.besideFlagger)
        var view: ClusterView?
        if cluster {
            do {
                view = try await ClusterPicture.read(
                    WatchedKinds.needed,
                    extras: extras,
                    secrets: Self.secrets,
                    environment: environment
                )
            } catch {
                return Outcome(output: "", complaints: "read the cluster: \(error)\n", exitCode: 69)
            }
        }
        let (sources, faults) = InputFiles.sources(paths.isEmpty ? ["-"] : paths)
        var report = check(sources, by: judge, try contour.settings(variables), extras, in: view)
        report.faults = faults + report.faults
        // Nobody sent anything: the files were forgotten, and a check of nothing must not pass for one of something.
        if paths.isEmpty, report.isEmpty { throw ValidationError(Self.nothing) }
        return Outcome(
            output: format.text(
                of: report,
                version: CanaryGate.configuration.version,
                isColored: Self.isColored(environment)
            ),
            complaints: complaints(report, judge),
            exitCode: report.exitCode
        )
    }

    /// What goes to standard error: what cannot be read, and what of the settings has no effect.
    private func complaints(_ report: LintReport, _ judge: Judge) -> String {
        let notes = RuleOptions.notices(on: judge.modes, isDriving: judge.isDriving) + report.notes
        return (report.faults.map(\.description) + notes.map { "note: \($0)" }).map { "\($0)\n" }.joined()
    }

    private func check(
        _ sources: [Source],
        by judge: Judge,
        _ contour: ContourSettings,
        _ extras: [ResourceType],
        in view: ClusterView?
    ) -> LintReport {
        let linter = Linter(
            types: WatchedKinds.needed + extras,
            judge: judge,
            contour: contour,
            secrets: Self.secrets,
            level: level
        )
        guard ProcessEnvironment.isErrorTerminal else { return linter.report(on: sources, cluster: view) }
        var line = ProgressLine(clock: SystemClock(), write: ProcessEnvironment.printError)
        defer { line.clear() }
        return linter.report(on: sources, cluster: view) { line.show($0, of: $1) }
    }

    /// Colours are for terminals, and for those who did not refuse them (no-color.org).
    static func isColored(_ environment: [String: String]) -> Bool {
        ProcessEnvironment.isOutputTerminal && (environment["NO_COLOR"] ?? "").isEmpty && environment["TERM"] != "dumb"
    }
}

extension ReportFormat: ExpressibleByArgument {}

extension LintLevel: ExpressibleByArgument {}
