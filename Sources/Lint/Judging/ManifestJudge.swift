import Admission
import ContourAPI
import FlaggerAPI
import JSON
import Kubernetes
import Schema

/// What the webhooks would say of an object.
///
/// The one place where the checks ask the rules: they are the webhooks' own.
struct ManifestJudge: Sendable {
    private let judge: Judge
    private let contour: ContourJudge
    private let secrets: SecretReader

    /// What the webhooks say that ask `judge`, or a judge of its modes of what Contour reads, which is set up as
    /// `contour` says.
    init(_ judge: Judge, contour: ContourSettings, secrets: SecretReader) {
        self.judge = judge
        self.secrets = secrets
        self.contour = ContourJudge(settings: contour, modes: judge.modes, isDriving: judge.isDriving)
    }

    /// Whether objects of `type` are judged; others are looked at from those.
    static func judges(_ type: ResourceType) -> Bool {
        FlaggerKind.allCases.contains { $0.type == type } || ContourKind.allCases.contains { $0.type == type }
    }

    /// Whether they are judged for themselves: of a Service or a Secret there is only to say what it does to others.
    static func judgesForItself(_ type: ResourceType) -> Bool {
        judges(type) && ContourKind.allCases.first { $0.type == type }?.isJudgedForItself != false
    }

    /// `object`, which nobody has converted yet, in the version that is judged and that others see it in; of a Secret
    /// what may be kept of it.
    func current(_ object: JSONValue, of type: ResourceType) -> JSONValue {
        Self.current(object, of: type, secrets: secrets)
    }

    /// The same, with `secrets` to tell what may be kept of a Secret.
    static func current(_ object: JSONValue, of type: ResourceType, secrets: SecretReader) -> JSONValue {
        switch type {
        case .canaries: CanaryVersions.current(of: object)
        case .secrets: secrets.kept(of: object)
        default: object
        }
    }

    /// The findings in `object`, as it would be made in the cluster of `view`.
    ///
    /// `stored` is what a real cluster has in its place: what may not change of that is found too. That an object of
    /// before was as wrong is no excuse here, though a webhook only warns then. Paths name the fields as `object` does.
    func findings(
        in object: JSONValue,
        of type: ResourceType,
        insteadOf stored: JSONValue?,
        among view: ClusterView
    ) -> [Finding] {
        if let kind = FlaggerKind.allCases.first(where: { $0.type == type }) {
            let current = current(object, of: type)
            let isChange = stored.map { $0["spec"] != current["spec"] } ?? false
            let judgement = judge.judgement(of: current, as: kind, insteadOf: isChange ? stored : nil, in: view)
            guard kind == .canary else { return judgement.findings }
            let deprecations = judge.judgement(ofDeprecationsIn: object, in: view)
            return judgement.findings.map { Self.renamed($0, in: object) } + deprecations.findings
        }
        guard let kind = ContourKind.allCases.first(where: { $0.type == type }) else { return [] }
        let current = current(object, of: type)
        return contour.judgement(of: current, as: kind, insteadOf: stored, isStrict: true, in: view).findings
    }

    /// The same finding as a warning where all that is wrong is that something stands in no file: the cluster may have it.
    ///
    /// A rule that was raised to `deny` refuses it all the same.
    func unasked(_ finding: Finding) -> Finding {
        let isRaised = judge.modes.given[finding.rule] == .deny || judge.modes.book[finding.rule]?.severity == .warn
        return MissingReference.isOne(finding) && !isRaised ? finding.with(.warn) : finding
    }

    /// What is wrong with the labels of `namespace` that should set modes: they would set none, and nobody would know.
    func findings(inLabelsOf namespace: JSONValue) -> [Finding] {
        judge.modes.labelFaults(of: namespace).map { fault in
            let value = namespace[path: "metadata", "labels"]?[fault.path.tokens.last ?? ""]
            return Finding(LintRules.modeLabel.id, .warn, at: fault.path, value, fault.problem, fault.remedy)
        }
    }

    /// The same of a namespace that stands in no file, in lines.
    func notes(onLabelsOf namespace: JSONValue) -> [String] {
        judge.modes.labelFaults(of: namespace).map {
            "namespace \(namespace.name): label \($0.path.tokens.last ?? ""): \($0.problem); \($0.remedy)"
        }
    }

    /// The finding with the field called as `canary` calls it.
    private static func renamed(_ finding: Finding, in canary: JSONValue) -> Finding {
        let path = CanaryVersions.path(finding.path, in: canary)
        return path == finding.path ? finding : finding.at(path)
    }
}
