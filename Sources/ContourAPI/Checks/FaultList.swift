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
            problem: Self.line(problem),
            remedy: Self.line(remedy),
            effect: (effect ?? self.effect(of: check.reach)).map(Self.line),
            reported: check.reported
        )
        faults.append(ProxyFault(finding, check.reach, isConsequence: isConsequence))
    }

    /// Adds a fault that was found elsewhere.
    mutating func add(_ fault: ProxyFault) { faults.append(fault) }

    /// One line of bounded length: texts quote values of the object, which may be of any kind.
    private static func line(_ text: String) -> String {
        let limit = 300
        let isClean = text.utf8.allSatisfy { $0 >= 0x20 && $0 != 0x7f }
        guard !isClean || text.utf8.count > limit else { return text }
        let scalars = text.unicodeScalars.prefix(limit).map { scalar -> Unicode.Scalar in
            scalar.value < 0x20 || scalar.value == 0x7f ? " " : scalar
        }
        var line = String.UnicodeScalarView()
        line.append(contentsOf: scalars)
        return String(line) + (text.unicodeScalars.count > limit ? "..." : "")
    }

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
