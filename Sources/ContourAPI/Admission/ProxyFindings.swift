import JSON
import Schema

/// The findings on one HTTPProxy among others, as they come up.
struct ProxyFindings {
    private(set) var list: [Finding] = []

    /// Adds a fault.
    ///
    /// `contour` is the condition's type and reason that Contour would report, `RouteError/…`.
    mutating func deny(
        _ rule: String,
        _ path: String,
        value: JSONValue? = nil,
        contour: String,
        _ problem: String,
        write remedy: String
    ) {
        let parts = contour.split(separator: "/").map(String.init)
        let reported = ReportedCondition(controller: "Contour", type: parts[0], reason: parts[1])
        add(.deny, rule, path, value, reported, problem, remedy)
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
        _ reported: ReportedCondition?,
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
                reported: reported
            )
        )
    }
}
