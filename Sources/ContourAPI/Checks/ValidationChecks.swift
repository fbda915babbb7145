import JSON

/// What can be wrong with how the certificate of an upstream is checked.
struct ValidationChecks {
    private let validation: JSONValue
    private let path: String
    private let condition: (type: String, reason: String)
    private let undelegated: (type: String, reason: String)
    private let reach: ProxyFault.Reach

    init(
        _ validation: JSONValue,
        at path: String,
        _ condition: (type: String, reason: String),
        undelegated: (type: String, reason: String),
        reach: ProxyFault.Reach
    ) {
        self.validation = validation
        self.path = path
        self.condition = condition
        self.undelegated = undelegated
        self.reach = reach
    }

    /// Checks the Secret and the names.
    func check(_ answers: any NeighbourAnswers, into faults: inout FaultList) {
        if let name = validation.filled("caSecret") {
            SecretChecks(name, at: "\(path).caSecret", condition, undelegated: undelegated, reach: reach)
                .check(for: .authority, answers, into: &faults)
        }
        checkNames(isLookedAt: true, into: &faults)
    }

    /// Checks the names; Contour looks at them only where the upstream talks TLS, the API server everywhere.
    func checkNames(isLookedAt: Bool, into faults: inout FaultList) {
        guard let name = validation.text("subjectName") else { return }
        let names = validation.list("subjectNames")
        let check = ProxyCheck.subjectNames.reporting(condition.type, condition.reason).reaching(reach)
        if name.isEmpty {
            faults.add(
                isLookedAt ? check : check.silent,
                at: "\(path).subjectName",
                validation["subjectName"],
                "a validation without a name",
                write: "write the name that the certificate must be for"
            )
        } else if let first = names.first?.string, first != name {
            faults.add(
                isLookedAt ? check : check.silent,
                at: "\(path).subjectNames[0]",
                .string(first),
                "not subjectName (\(name))",
                write: "write \(name) first"
            )
        } else if validation.has("subjectNames"), names.isEmpty || names.count > 8 {
            faults.add(
                check.silent,
                at: "\(path).subjectNames",
                validation["subjectNames"],
                names.isEmpty ? "an empty list" : "more than 8 names",
                write: "write 1 to 8 names, \(name) first"
            )
        }
    }
}
