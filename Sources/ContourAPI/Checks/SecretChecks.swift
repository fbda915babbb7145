import JSON

/// What can be wrong with a Secret that a field names.
struct SecretChecks {
    /// Where it is named.
    let path: String
    /// What is named: `name` or `namespace/name`.
    let reference: String
    /// Contour's condition for one that is missing or can't be used.
    let type: String
    let reason: String
    /// Contour's condition for one that is not delegated.
    let undelegatedType: String
    let undelegatedReason: String
    /// What Contour leaves undone.
    let reach: ProxyFault.Reach

    init(
        _ reference: String,
        at path: String,
        _ condition: (type: String, reason: String),
        undelegated: (type: String, reason: String),
        reach: ProxyFault.Reach = .stop
    ) {
        self.path = path
        self.reference = reference
        type = condition.type
        reason = condition.reason
        undelegatedType = undelegated.type
        undelegatedReason = undelegated.reason
        self.reach = reach
    }

    /// Checks it for `use`; whether nothing is known against it.
    @discardableResult
    func check(
        for use: Neighbourhood.SecretUse,
        _ answers: any NeighbourAnswers,
        into faults: inout FaultList
    ) -> Bool {
        switch answers.secret(reference, for: use) {
        case .unknown, .fine: return true
        case .missing:
            add(.secretMissing.reporting(type, reason), "no Secret \(reference) yet", "apply it", into: &faults)
        case .unusable(let why):
            add(.secretUnusable.reporting(type, reason), "Secret \(reference): \(why)", "mend it", into: &faults)
        case .notDelegated:
            add(
                .secretUndelegated.reporting(undelegatedType, undelegatedReason),
                "Secret \(reference) is not delegated",
                "add a TLSCertificateDelegation there",
                into: &faults
            )
        }
        return false
    }

    private func add(_ check: ProxyCheck, _ problem: String, _ remedy: String, into faults: inout FaultList) {
        faults.add(check.reaching(reach), at: path, .string(reference), problem, write: remedy)
    }
}
