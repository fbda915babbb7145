import ArgumentParser

@main
struct CanaryGate: ParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "canarygate",
        abstract: "An admission webhook server for canary releases with Flagger's API and Contour."
    )
}
