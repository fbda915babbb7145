import ArgumentParser

@main
struct CanaryGate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "canarygate",
        abstract: "An admission webhook server for canary releases with Flagger's API and Contour.",
        version: "0.1.0",
        subcommands: [
            ServeCommand.self, LintCommand.self, GraphCommand.self, ReplayCommand.self, RulesCommand.self,
            ExplainCommand.self, SandboxCommand.self, CertsCommand.self, CRDsCommand.self,
        ]
    )
}
