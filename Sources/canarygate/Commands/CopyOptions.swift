import ArgumentParser
import Controller

/// What of the teams' objects the loop copies for the primaries.
struct CopyOptions: ParsableArguments {
    /// A switch that is told in words.
    enum Tracking: String, CaseIterable, ExpressibleByArgument, Sendable {
        /// Primaries read copies of their own.
        case on
        /// Primaries read what their targets read.
        case off
    }

    @Option(
        name: .customLong("include-label-prefix"),
        help:
            "Labels of a target, autoscaler, ConfigMap and so on that the primary's copy gets too, by how their names begin, * for all; may be given several times. [CANARYGATE_INCLUDE_LABEL_PREFIX, comma-separated]"
    )
    var labelPrefixes: [String] = []

    @Option(
        help:
            "on: primaries read copies of their ConfigMaps and Secrets, which change at a promotion alone; off: those of the target, whose changes reach them at once; on by default. [CANARYGATE_CONFIG_TRACKING]"
    )
    var configTracking: Tracking?

    /// They, or what `environment` has instead.
    func settings(_ environment: Settings) throws -> CopySettings {
        let prefixes = environment.list("CANARYGATE_INCLUDE_LABEL_PREFIX", given: labelPrefixes)
        let tracking = try environment.value("CANARYGATE_CONFIG_TRACKING", given: configTracking) ?? .on
        // As Flagger takes them: several in one, with commas.
        return CopySettings(
            labelPrefixes: prefixes.flatMap { $0.split(separator: ",").map(String.init) },
            tracksConfigs: tracking == .on
        )
    }
}
