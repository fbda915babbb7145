package import Admission
package import ContourAPI
package import FlaggerAPI
import JSON
package import Kubernetes
import Schema

/// Judges the objects of files as the webhooks would.
///
/// All inputs of a run are one picture: an object in one is found by an object in another. It does no I/O.
package struct Linter: Sendable {
    /// The kinds that verdicts depend on, those that are judged among them.
    private let types: [ResourceType]
    private let judge: ManifestJudge
    private let level: LintLevel
    private let namespace: String

    /// A linter.
    ///
    /// - Parameters:
    ///   - types: the kinds that verdicts depend on.
    ///   - judge: who judges objects of Flagger's API, by which modes.
    ///   - contour: how Contour is set up.
    ///   - secrets: reads what may be kept of Secrets.
    ///   - level: what is reported.
    ///   - namespace: the namespace of objects that name none.
    package init(
        types: [ResourceType],
        judge: Judge = Judge(),
        contour: ContourSettings = ContourSettings(),
        secrets: SecretReader = SecretReader(),
        level: LintLevel = .warn,
        namespace: String = "default"
    ) {
        self.types = types
        self.judge = ManifestJudge(judge, contour: contour, secrets: secrets)
        self.level = level
        self.namespace = namespace
    }

    /// What there is to say of the objects in `sources`.
    ///
    /// - Parameters:
    ///   - sources: the inputs.
    ///   - cluster: what is in the cluster beside them; nil where it was not asked.
    ///   - onProgress: is told how many of how many steps are done, often.
    /// - Returns: the findings of the level that was asked for, and what could not be read.
    package func report(
        on sources: [Source],
        cluster: ClusterView? = nil,
        onProgress: (_ done: Int, _ total: Int) -> Void = { _, _ in }
    ) -> LintReport {
        let texts = sources.map(DocumentSplit.documents)
        let steps = 2 * texts.reduce(0) { $0 + $1.count }
        let reader = read(sources, texts) { onProgress($0, steps) }
        let view = reader.view(over: cluster, current: judge.current)
        let contours = cluster == nil ? view.withUnknownSecrets : view
        var report = LintReport()
        report.faults = reader.faults
        report.passedOver = reader.passedOver
        var judged: [[JudgedManifest]] = sources.map { _ in [] }
        for (index, manifest) in reader.manifests.enumerated() {
            onProgress(steps / 2 + min(index, steps / 2), steps)
            let isContours = ContourKind(of: manifest.object) != nil
            guard let one = judge(manifest, among: isContours ? contours : view, in: cluster) else {
                report.passedOver += 1
                continue
            }
            judged[manifest.source].append(one)
        }
        report.notes = notes(on: reader.manifests, in: cluster)
        for (index, source) in sources.enumerated() {
            var found = SourceFindings(source, hasAskedCluster: cluster != nil)
            let byText = Dictionary(grouping: judged[index]) { $0.manifest.text.range.lowerBound }
            for text in texts[index] { found.add(byText[text.range.lowerBound] ?? [], in: text) }
            add(found, to: &report)
        }
        return report
    }

    private func read(
        _ sources: [Source],
        _ texts: [[DocumentText]],
        onProgress: (_ done: Int) -> Void
    ) -> ManifestReader {
        var reader = ManifestReader(types: types, namespace: namespace)
        var done = 0
        for (index, source) in sources.enumerated() {
            for text in texts[index] {
                reader.read(text, of: source, at: index)
                done += 1
                onProgress(done)
            }
        }
        return reader
    }

    /// What was found in `manifest`; nil where its kind is not judged, and for an object that is looked at for others
    /// alone, a namespace for its labels among them, where there is nothing to say of it.
    private func judge(
        _ manifest: Manifest,
        among view: ClusterView,
        in cluster: ClusterView?
    ) -> JudgedManifest? {
        guard ManifestJudge.judges(manifest.type) else {
            let faults = manifest.type == .namespaces ? judge.findings(inLabelsOf: manifest.object) : []
            return faults.isEmpty ? nil : JudgedManifest(manifest: manifest, findings: faults)
        }
        let findings = judge.findings(
            in: manifest.object,
            of: manifest.type,
            insteadOf: cluster?.object(manifest.type, manifest.object.key),
            among: view
        )
        guard ManifestJudge.judgesForItself(manifest.type) || !findings.isEmpty else { return nil }
        return JudgedManifest(manifest: manifest, findings: cluster == nil ? findings.map(judge.unasked) : findings)
    }

    /// What is wrong with the modes of the namespaces that only the cluster has.
    private func notes(on manifests: [Manifest], in cluster: ClusterView?) -> [String] {
        guard let cluster else { return [] }
        let given = Set(manifests.filter { $0.type == .namespaces }.map(\.object.name))
        let used = Set(manifests.filter { ManifestJudge.judges($0.type) }.compactMap(\.object.namespace))
        return used.subtracting(given).sorted().flatMap { name in
            cluster.object(.namespaces, ObjectKey(namespace: nil, name: name)).map(judge.notes) ?? []
        }
    }

    private func add(_ found: SourceFindings, to report: inout LintReport) {
        report.subjects += found.subjects
        report.suppressed += found.suppressed
        report.findings += found.findings.filter { level == .warn || $0.finding.severity == .deny }.sorted {
            ($0.line, $0.column, $0.finding.rule, $0.finding.path)
                < ($1.line, $1.column, $1.finding.rule, $1.finding.path)
        }
    }
}
