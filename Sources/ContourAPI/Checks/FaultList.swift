import JSON
import Schema

/// The faults of one step, as they come up.
struct FaultList {
    /// The root's name; nil for a child.
    let host: String?
    private(set) var faults: [ProxyFault] = []

    init(host: String?) { self.host = host }

    /// Adds what is wrong at `path`: the value there, the problem, what to write instead.
    ///
    /// Where `effect` is not given, it is what the check's reach means.
    mutating func add(
        _ check: ProxyCheck,
        at path: String,
        _ value: JSONValue?,
        _ problem: String,
        write remedy: String,
        so effect: String? = nil,
        isConsequence: Bool = false
    ) {
        let finding = Finding(
            rule: "httpproxy/\(check.rule)",
            severity: check.severity,
            path: path,
            value: value.flatMap { $0.isNull ? nil : Finding.shown($0) },
            problem: problem,
            remedy: remedy,
            effect: effect ?? self.effect(of: check.reach),
            reported: check.reported
        )
        faults.append(ProxyFault(finding, check.reach, isConsequence: isConsequence))
    }

    /// Adds a fault that was found elsewhere.
    mutating func add(_ fault: ProxyFault) { faults.append(fault) }

    private var stopped: String {
        guard let host else { return "the host that includes it is not served" }
        return host.allSatisfy(\.isWhitespace) ? "nothing of the object is served" : "no request to \(host) is served"
    }

    private func effect(of reach: ProxyFault.Reach) -> String? {
        switch reach {
        case .stop: stopped
        case .skipInclude: "the include is passed over"
        case .drop: "all routes of this object are dropped"
        case .nextService: "the service gets no requests"
        case .goOn: "the object is marked invalid"
        case .note, .unreported: nil
        }
    }
}
