package import Schema

/// What is known of one answered review, for logs and metrics.
///
/// It holds no value of the object.
package struct AdmissionObservation: Sendable {
    /// The webhook's path.
    package let path: String
    /// What was to happen.
    package let operation: AdmissionRequest.Operation
    /// The object's kind.
    package let kind: String
    /// The object's namespace; nil for a kind without.
    package let namespace: String?
    /// The object's name, or its `generateName`; empty where it has neither yet.
    package let name: String
    /// Who asked.
    package let user: String
    /// The call's id.
    package let uid: String
    /// Whether it went through.
    package let isAllowed: Bool
    /// What was found: the rule's id and what followed, in the order of the findings.
    package let findings: [(rule: String, severity: Finding.Severity)]
    /// What was found and only has to be counted and logged: the rule's id, the field's path, and what the controller
    /// that acts on the object would report.
    package let audited: [(rule: String, path: String, condition: String?)]
    /// Something of the loop's that was let through for a reason; nil for nothing of the kind, and for a dry run.
    package let brokenGlass: BrokenGlass?
    /// Which permission the answer depended on, for whoever keeps the table of them.
    package let lookup: AccessQuestion?
    /// Changes in the patch that was sent.
    package let patchOperations: Int
    /// The time that the answer took.
    package let duration: Duration
    /// A fault of the webhook itself, which was put right in the answer; nil normally.
    package let fault: String?

    package init(
        path: String,
        operation: AdmissionRequest.Operation,
        kind: String,
        namespace: String?,
        name: String,
        user: String,
        uid: String,
        isAllowed: Bool,
        findings: [(rule: String, severity: Finding.Severity)],
        audited: [(rule: String, path: String, condition: String?)],
        brokenGlass: BrokenGlass? = nil,
        lookup: AccessQuestion? = nil,
        patchOperations: Int,
        duration: Duration,
        fault: String?
    ) {
        self.path = path
        self.operation = operation
        self.kind = kind
        self.namespace = namespace
        self.name = name
        self.user = user
        self.uid = uid
        self.isAllowed = isAllowed
        self.findings = findings
        self.audited = audited
        self.brokenGlass = brokenGlass
        self.lookup = lookup
        self.patchOperations = patchOperations
        self.duration = duration
        self.fault = fault
    }

    /// The ids of the rules that were broken.
    package var rules: [String] { findings.map(\.rule) }
}
