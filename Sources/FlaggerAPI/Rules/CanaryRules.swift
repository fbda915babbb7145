package import Admission
package import JSON
import Kubernetes
package import Schema

/// Everything that can be said about a Canary before it is stored.
///
/// The webhook, `lint` and the reference use the same.
package enum CanaryRules {
    /// What is wrong with `canary` itself, whatever else there is: structure first, then meaning.
    ///
    /// `canary` is the whole object, as it was sent; `isDriven` says that our loop drives it: beside Flagger what only
    /// the loop lacks is no fault, and what Flagger gets wrong is one.
    package static func findings(in canary: JSONValue, isDriven: Bool = true) -> [Finding] {
        findings(in: canary, under: RuleSettings(isDriven: isDriven))
    }

    /// What is wrong with `canary` itself under `settings`.
    package static func findings(in canary: JSONValue, under settings: RuleSettings) -> [Finding] {
        var facts = CanaryFacts(canary, settings)
        if let wrong = VersionRule.finding(in: canary) { return [wrong] }
        facts.checkTarget()
        facts.checkService()
        facts.checkProtocol()
        facts.checkMatch()
        facts.checkStrategy()
        facts.checkWeights()
        facts.checkTiming()
        facts.checkMetrics()
        facts.checkHooks()
        facts.checkSwitches()
        if settings.isDriven { facts.checkSupport() } else { facts.checkForFlagger() }
        let structure = SchemaValidator(prefix: CanarySchema.prefix, schema: CanarySchema.object).findings(in: canary)
        return structure.filter { !facts.isJudgedByProvider($0) } + facts.findings
    }

    /// What is wrong with `canary` among the other objects of the cluster.
    ///
    /// What is not there yet is a warning, as files are applied in any order, unless nobody would ever be told of it; a
    /// target that another Canary rolls out already is refused.
    package static func findings(
        in canary: JSONValue,
        among view: ClusterView,
        isDriven: Bool = true
    ) -> [Finding] {
        findings(in: canary, among: view, under: RuleSettings(isDriven: isDriven))
    }

    /// What is wrong with `canary` among the other objects of the cluster under `settings`.
    package static func findings(
        in canary: JSONValue,
        among view: ClusterView,
        under settings: RuleSettings
    ) -> [Finding] {
        var facts = CanaryFacts(canary, settings)
        facts.checkReferences(in: view)
        facts.checkWorkload(in: view)
        facts.checkScaler(in: view)
        facts.checkNeighbours(in: view)
        facts.checkRoutes(in: view)
        if !settings.isDriven {
            facts.checkCopies(in: view)
            facts.checkTemplates(in: view)
            facts.checkAlerts(in: view)
        }
        return facts.findings
    }

    /// What of the change from `stored` to `canary` is wrong, or has no effect, whatever each of them is.
    package static func findings(
        in canary: JSONValue,
        insteadOf stored: JSONValue,
        isDriven: Bool = true
    ) -> [Finding] {
        let settings = RuleSettings(isDriven: isDriven)
        var facts = CanaryFacts(canary, settings)
        facts.checkChanges(from: CanaryFacts(stored, settings))
        return facts.findings
    }

    /// What is wrong with `canary` only because it is new.
    package static func findings(inNew canary: JSONValue, under settings: RuleSettings) -> [Finding] {
        var facts = CanaryFacts(canary, settings)
        facts.checkBeginning()
        return facts.findings
    }

    /// What is wrong with deleting `canary`, as it is stored.
    package static func findings(
        inDeletionOf canary: JSONValue,
        among view: ClusterView,
        isDriven: Bool = true
    ) -> [Finding] {
        var facts = CanaryFacts(canary, RuleSettings(isDriven: isDriven))
        facts.checkDeletion(in: view)
        return facts.findings
    }
}

/// Which versions of the API are taken.
enum VersionRule {
    static let current = ResourceType.canaries.apiVersion

    /// Refuses a version other than `flagger.app/v1beta1`; a missing one is the API server's affair.
    ///
    /// `v1alpha3` is converted before it comes here, by the API server or by `CanaryVersions.current(of:)`.
    static func finding(in object: JSONValue) -> Finding? {
        guard let version = object["apiVersion"], let text = version.string, text != current else { return nil }
        let isOld = text.hasPrefix("flagger.app/v1alpha")
        let old = text == CanaryVersions.former ? "not converted" : "no longer served"
        return Finding(
            "canary/api-version",
            at: FieldPath("apiVersion"),
            version,
            isOld ? old : "not an API version of Flagger's objects",
            "write \(current)" + (isOld ? ", and put the analysis under spec.analysis" : "")
        )
    }
}
