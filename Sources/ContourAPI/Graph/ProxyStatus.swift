/// The status that Contour writes on an HTTPProxy.
package struct ProxyStatus: Hashable, Sendable {
    /// Its `currentStatus`.
    package enum Verdict: String, Hashable, Sendable {
        case valid
        case invalid
        case orphaned
    }

    /// What makes it invalid, in the order in which Contour records it; nothing is left out for being told twice.
    package internal(set) var errors: [ReportedError]
    /// What is ignored of it, in that order too.
    package internal(set) var warnings: [ReportedError]

    package init(errors: [ReportedError] = [], warnings: [ReportedError] = []) {
        self.errors = errors
        self.warnings = warnings
    }

    /// Its `currentStatus`.
    package var verdict: Verdict {
        if errors.isEmpty { return .valid }
        return errors.contains { $0.type == "Orphaned" } ? .orphaned : .invalid
    }

    /// Records `fault`; what Contour does not report is left out.
    mutating func add(_ fault: ProxyFault) {
        guard fault.reach != .unreported, let error = ReportedError(fault.finding) else { return }
        if fault.reach == .note { warnings.append(error) } else { errors.append(error) }
    }

    /// Records `faults` up to the first that ends it; whether none does.
    mutating func add(upToStop faults: [ProxyFault]) -> Bool {
        for fault in faults {
            add(fault)
            if fault.reach == .stop { return false }
        }
        return true
    }
}
