import Admission
import ArgumentParser
import ContourAPI
import Schema

/// What the rules are asked under, and what becomes of their findings: `serve` and `lint` take the same.
package struct RuleOptions: ParsableArguments {
    /// Who drives the canaries.
    package enum Loop: String, CaseIterable, ExpressibleByArgument, Sendable {
        /// Our loop does.
        case on
        /// Flagger does.
        case off
    }

    @Option(
        help:
            "on: our loop drives the canaries; off: Flagger does, and only reviews are answered; on by default. [CANARYGATE_LOOP]"
    )
    var loop: Loop?

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

    /// Who drives the canaries; nil where neither the flag nor `environment` says.
    func loop(_ environment: Settings) throws -> Loop? {
        try environment.value("CANARYGATE_LOOP", given: loop)
    }

    /// Whether a Canary may refer to templates and providers of its own namespace alone.
    func refusesForeignNamespaces(_ environment: Settings) throws -> Bool {
        let given = noCrossNamespaceRefs ? true : nil
        return try environment.value("CANARYGATE_NO_CROSS_NAMESPACE_REFS", given: given) ?? false
    }

    /// What becomes of each rule's findings.
    ///
    /// - Throws: `ValidationError` for an unknown rule or mode.
    func modes(_ environment: Settings) throws -> RuleModes {
        do {
            return try RuleModes(RuleCatalogue.book, parsing: environment.list("CANARYGATE_RULES", given: rules))
        } catch {
            throw ValidationError(error.description)
        }
    }

    /// The modes that are set and have no effect, or not the whole.
    static func notices(on modes: RuleModes, isDriving: Bool) -> [String] {
        modes.given.sorted { $0.key < $1.key }.compactMap { id, mode in
            guard let rule = modes.book[id] else { return nil }
            let text = "--rule \(id)=\(mode.rawValue)"
            if !rule.isAsked(isDriving: isDriving) {
                return "\(text) has no effect: the rule is asked only with --loop=\(isDriving ? "off" : "on")"
            }
            guard mode < .deny, RuleCatalogue.isInDefinition(rule) else { return nil }
            return "\(text) is not the whole: the API server refuses most of it by the CustomResourceDefinition"
        }
    }
}
