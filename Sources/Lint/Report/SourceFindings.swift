import JSON
import Kubernetes
import Schema
import YAML

/// What was found in one source, each finding at its place, without what a comment says is known.
struct SourceFindings {
    private let source: Source
    /// Whether what is missing was looked for in a cluster too.
    private let hasAskedCluster: Bool
    /// The judged objects, in order.
    private(set) var subjects: [LintSubject] = []
    /// In the order of the documents.
    private(set) var findings: [LintFinding] = []
    private(set) var suppressed: [LintReport.Suppressed] = []

    init(_ source: Source, hasAskedCluster: Bool) {
        self.source = source
        self.hasAskedCluster = hasAskedCluster
    }

    /// Adds what was found in `judged`, the objects of the document `text`.
    mutating func add(_ judged: [JudgedManifest], in text: DocumentText) {
        var ledger = SuppressionLedger(SuppressionReader(text, of: source).suppressions)
        var marks: [Int: DocumentMarks] = [:]
        let first = subjects.count
        for one in judged {
            let document = one.manifest.document
            if marks[document] == nil, !one.findings.isEmpty {
                marks[document] = DocumentMarks(text, document: document, of: source)
            }
            add(one, at: marks[document], text, &ledger)
        }
        let subject = subjects.count > first ? subjects[first] : subject(at: text.start.line)
        findings += ledger.findings.map { entry($0.finding, of: subject, at: $0.place) }
    }

    private mutating func add(
        _ judged: JudgedManifest,
        at marks: DocumentMarks?,
        _ text: DocumentText,
        _ ledger: inout SuppressionLedger
    ) {
        let object = judged.manifest.object
        let pointer = judged.manifest.pointer
        let start = marks?.place(of: "", in: object, at: pointer) ?? text.start
        let subject = subject(at: start.line, object)
        subjects.append(subject)
        for finding in judged.findings {
            let mark = marks?.place(of: finding.path, in: object, at: pointer) ?? start
            let entry = entry(finding, of: subject, at: mark)
            if let reason = ledger.reason(for: finding.rule, line: mark.line) {
                suppressed.append(LintReport.Suppressed(finding: entry, reason: reason))
            } else {
                findings.append(entry)
            }
        }
    }

    /// The object, or nothing but the document where it holds none that is judged.
    private func subject(at line: Int, _ object: JSONValue = .null) -> LintSubject {
        LintSubject(
            apiVersion: object["apiVersion"]?.string ?? "",
            kind: object["kind"]?.string ?? "",
            namespace: object.namespace ?? "",
            name: object.name,
            file: source.name,
            line: line
        )
    }

    private func entry(
        _ finding: Finding,
        of subject: LintSubject,
        at mark: YAMLMark
    ) -> LintFinding {
        let isUnasked = !hasAskedCluster && MissingReference.isOne(finding)
        return LintFinding(
            finding: finding,
            subject: subject,
            line: mark.line,
            column: mark.column,
            excerpt: source.excerpt(at: mark),
            message: TextPlace.oneLine(isUnasked ? "\(finding.account) (not in these files)" : finding.account),
            isUnasked: isUnasked
        )
    }
}
