import Admission
package import ArgumentParser
import ContourAPI
package import Kubernetes
import Lint
import Platform

/// `canarygate graph`: what Contour makes of HTTPProxies, drawn.
package struct GraphCommand: AsyncParsableCommand {
    package static let configuration = CommandConfiguration(
        commandName: "graph",
        abstract: "Draw hosts, includes, routes, Services and weights as Contour sees them, faults at their places.",
        discussion: """
            Reads manifests as lint does, or a cluster, or both: then a file goes before the object of the same name that \
            the cluster has. All inputs are one picture; what is in none of them counts as missing.

            Exits with 0 when all is well, 1 for faults in what is drawn, 64 for wrong usage, 65 for input that cannot be \
            read, 69 for a cluster that cannot be reached.
            """
    )

    /// The kinds that the graph depends on.
    package static let needed: [ResourceType] = [.httpProxies, .services, .canaries]
    /// Those that it does without where they may not be listed.
    package static let extras: [ResourceType] = [.secrets, .tlsCertificateDelegations, .extensionServices]

    @Option(
        name: [.customShort("f"), .customLong("filename")],
        parsing: .upToNextOption,
        help: ArgumentHelp(
            "A file, a folder (its *.yaml, *.yml and *.json, those of folders in it too), or - for standard input; may be given several times. Without it and without --cluster standard input is read.",
            valueName: "file"
        )
    )
    var paths: [String] = []

    @Flag(help: "Read the cluster of the current kubeconfig.")
    var cluster = false

    @Option(help: ArgumentHelp("Draw this host alone.", valueName: "name"))
    var host: String?

    @Option(name: [.customShort("o"), .customLong("output")], help: "How the graph is written.")
    var format = GraphFormat.text

    @OptionGroup(title: "Contour") var contour: ContourOptions

    private static let nothing = "nothing to draw: give -f FILE, -f FOLDER, --cluster, or objects on standard input"

    package init() {}

    package func run() async throws {
        if paths.isEmpty, !cluster, ProcessEnvironment.isInputTerminal { throw ValidationError(Self.nothing) }
        let outcome = try await outcome(environment: ProcessEnvironment.variables)
        ProcessEnvironment.printError(outcome.complaints)
        ProcessEnvironment.print(outcome.output)
        guard outcome.exitCode == 0 else { throw ExitCode(outcome.exitCode) }
    }

    /// Reads the inputs and draws them; `environment` names the kubeconfig.
    ///
    /// - Throws: `ValidationError` when there is nothing to draw, and for a host that no HTTPProxy has.
    package func outcome(environment: [String: String]) async throws -> LintCommand.Outcome {
        let settings = try contour.settings(Settings(environment: environment))
        var view: ClusterView?
        if cluster {
            do {
                view = try await ClusterPicture.read(
                    Self.needed,
                    extras: Self.extras,
                    secrets: LintCommand.secrets,
                    environment: environment
                )
            } catch {
                return LintCommand.Outcome(output: "", complaints: "read the cluster: \(error)\n", exitCode: 69)
            }
        }
        let (sources, faults) = InputFiles.sources(paths.isEmpty && !cluster ? ["-"] : paths)
        let grapher = Grapher(types: Self.needed + Self.extras, contour: settings, secrets: LintCommand.secrets)
        var report = grapher.report(on: sources, cluster: view)
        report.faults = faults + report.faults
        if paths.isEmpty, !cluster, !report.hasRead, report.faults.isEmpty { throw ValidationError(Self.nothing) }
        let drawn = try host.map { try only($0, of: report) } ?? report
        return LintCommand.Outcome(
            output: format.text(of: drawn, isColored: LintCommand.isColored(environment)),
            complaints: report.faults.map { "\($0)\n" }.joined(),
            exitCode: drawn.exitCode
        )
    }

    private func only(_ host: String, of report: GraphReport) throws -> GraphReport {
        guard let one = report.only(host) else { throw ValidationError("--host \(host): no HTTPProxy has that host") }
        return one
    }
}

extension GraphFormat: ExpressibleByArgument {}
