import ArgumentParser

/// Whether our loop drives the canaries, and what becomes of the rules' findings.
package struct LoopOptions: ParsableArguments {
    @OptionGroup var rules: RuleOptions

    @Flag(help: "Deprecated: write --loop=off. [CANARYGATE_ADMISSION_ONLY=true]")
    var admissionOnly = false

    @Option(
        help: "A file for the loop's journal, one JSON line a tick, or - for standard output. [CANARYGATE_JOURNAL]"
    )
    var journal: String?

    package init() {}

    /// Puts them, or what `environment` has instead, into `settings`.
    ///
    /// - Returns: what to tell the operator, in lines.
    /// - Throws: `ValidationError` for settings that contradict each other, and for an unknown rule or mode.
    package func apply(to settings: inout ServerSettings, environment: Settings) throws -> [String] {
        let loop = try rules.loop(environment)
        let isOld = try environment.value("CANARYGATE_ADMISSION_ONLY", given: admissionOnly ? true : nil) ?? false
        if isOld, loop == .on {
            throw ValidationError("--loop=on: contradicts --admission-only, which is the old name of --loop=off")
        }
        settings.isAdmissionOnly = isOld || loop == .off
        settings.journalPath = try environment.value("CANARYGATE_JOURNAL", given: journal)
        settings.refusesForeignNamespaces = try rules.refusesForeignNamespaces(environment)
        settings.modes = try rules.modes(environment)
        let old = isOld ? ["--admission-only is deprecated, write --loop=off"] : []
        return old + RuleOptions.notices(on: settings.modes, isDriving: !settings.isAdmissionOnly)
    }
}
