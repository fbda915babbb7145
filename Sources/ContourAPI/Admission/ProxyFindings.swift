import JSON
import Schema

/// The findings on one HTTPProxy, as they come up.
struct ProxyFindings {
    private(set) var list: [Finding] = []

    /// Adds a fault.
    ///
    /// `contour` is the condition's type and reason that Contour would report, `RouteError/…`; nil where
    /// Contour takes the object and something else comes of it than was meant.
    mutating func deny(
        _ rule: String,
        _ path: String,
        value: JSONValue? = nil,
        contour: String? = nil,
        _ problem: String,
        write remedy: String
    ) {
        add(.deny, rule, path, value, contour, problem, remedy)
    }

    /// Adds what may come right without a change of this object, or is only likely to be a fault.
    ///
    /// Warnings are cut at 120 characters, so what Contour would report is left out.
    mutating func warn(
        _ rule: String,
        _ path: String,
        value: JSONValue? = nil,
        _ problem: String,
        write remedy: String
    ) {
        add(.warn, rule, path, value, nil, problem, remedy)
    }

    private mutating func add(
        _ severity: Finding.Severity,
        _ rule: String,
        _ path: String,
        _ value: JSONValue?,
        _ contour: String?,
        _ problem: String,
        _ remedy: String
    ) {
        list.append(
            Finding(
                rule: "httpproxy/\(rule)",
                severity: severity,
                path: path,
                value: value.map(Finding.shown),
                problem: problem,
                remedy: remedy,
                reported: contour.map(ReportedCondition.init(contour:))
            )
        )
    }
}

extension ReportedCondition {
    /// Contour's, from `RouteError/PathMatchConditionsNotValid`.
    init(contour text: String) {
        let parts = text.split(separator: "/", maxSplits: 1).map(String.init)
        self.init(controller: "Contour", type: parts[0], reason: parts.count > 1 ? parts[1] : parts[0])
    }
}

extension JSONValue {
    /// The string member `key`; nil when it is missing or empty, which Contour does not tell apart.
    func filled(_ key: String) -> String? {
        guard let text = self[key]?.string, !text.isEmpty else { return nil }
        return text
    }

    /// The elements of the array member `key`; none when it is missing.
    func list(_ key: String) -> [JSONValue] { self[key]?.array ?? [] }

    /// Whether the boolean member `key` is true.
    func flag(_ key: String) -> Bool { self[key]?.bool ?? false }

    /// Whether the member `key` is there and not null.
    func has(_ key: String) -> Bool { !(self[key] ?? .null).isNull }
}
