import Admission
import ArgumentParser
import FlaggerAPI
import Schema

/// Whether our loop drives the canaries, and what becomes of the rules' findings.
package struct LoopOptions: ParsableArguments {
    /// Whether the loop runs.
    package enum Switch: String, CaseIterable, ExpressibleByArgument, Sendable {
        /// It drives the canaries.
        case on
        /// Flagger does.
        case off
    }

    @Option(
        help:
            "on: drive the canaries; off: answer reviews alone and leave the canaries to Flagger; on by default. [CANARYGATE_LOOP]"
    )
    var loop: Switch?

    @Flag(help: "Deprecated: write --loop=off. [CANARYGATE_ADMISSION_ONLY=true]")
    var admissionOnly = false

    @Option(
        name: .customLong("rule"),
        help:
            "What becomes of a rule's findings, ID=off|audit|warn|deny; may be given several times. [CANARYGATE_RULES, comma-separated]"
    )
    var rules: [String] = []

    @Flag(
        help:
            "Refuse references of a Canary to templates and providers of other namespaces. [CANARYGATE_NO_CROSS_NAMESPACE_REFS=true]"
    )
    var noCrossNamespaceRefs = false

    package init() {}

    /// Puts them, or what `environment` has instead, into `settings`.
    ///
    /// - Returns: what to tell the operator, in lines.
    /// - Throws: `ValidationError` for settings that contradict each other, and for an unknown rule or mode.
    package func apply(to settings: inout ServerSettings, environment: Settings) throws -> [String] {
        let loop = try environment.value("CANARYGATE_LOOP", given: loop)
        let isOld = try environment.value("CANARYGATE_ADMISSION_ONLY", given: admissionOnly ? true : nil) ?? false
        if isOld, loop == .on {
            throw ValidationError("--loop=on: contradicts --admission-only, which is the old name of --loop=off")
        }
        settings.isAdmissionOnly = isOld || loop == .off
        settings.refusesForeignNamespaces =
            try environment.value("CANARYGATE_NO_CROSS_NAMESPACE_REFS", given: noCrossNamespaceRefs ? true : nil)
            ?? false
        do {
            let texts = environment.list("CANARYGATE_RULES", given: rules)
            settings.modes = try RuleModes(FlaggerRules.book, parsing: texts)
        } catch {
            throw ValidationError(error.description)
        }
        let old = isOld ? ["--admission-only is deprecated, write --loop=off"] : []
        return old + Self.notices(on: settings.modes, isDriving: !settings.isAdmissionOnly)
    }

    /// The modes that are set and have no effect, or not the whole.
    private static func notices(on modes: RuleModes, isDriving: Bool) -> [String] {
        modes.given.sorted { $0.key < $1.key }.compactMap { id, mode in
            guard let rule = modes.book[id] else { return nil }
            let text = "--rule \(id)=\(mode.rawValue)"
            if !rule.isAsked(isDriving: isDriving) {
                return "\(text) has no effect: the rule is asked only with --loop=\(isDriving ? "off" : "on")"
            }
            guard mode < .deny, FlaggerRules.isInDefinition(rule) else { return nil }
            return "\(text) is not the whole: the API server refuses most of it by the CustomResourceDefinition"
        }
    }
}
