import Kubernetes
import Schema

/// Includes of other objects.
extension GraphFaults {
    /// An include of what is not there, or not there for Contour as it is of another ingress class.
    static func includeMissing(_ include: ProxyOutline.Include) -> ProxyFault {
        fault(
            include,
            "include-missing",
            "IncludeNotFound",
            "no HTTPProxy \(include.target) yet",
            "apply it, or its canary",
            .skipInclude
        )
    }

    /// An include of an object that has a host of its own.
    static func includeRoot(_ include: ProxyOutline.Include) -> ProxyFault {
        fault(
            include,
            "include-root",
            "RootIncludesRoot",
            "\(include.target) has a virtualhost",
            "take it out there",
            .skipInclude
        )
    }

    /// An include that leads back; `chain` begins and ends with the object that is met again.
    static func includeCycle(_ include: ProxyOutline.Include, _ chain: [ObjectKey]) -> ProxyFault {
        ProxyFault(
            Finding(
                rule: "httpproxy/include-cycle",
                severity: .warn,
                path: "\(include.path).name",
                value: include.target.name,
                problem: "leads in a circle: \(words(chain))",
                remedy: "take one out",
                effect: "Contour marks the object invalid that it meets again, and goes round no second time",
                reported: contour("IncludeError", "IncludeCreatesCycle")
            ),
            .skipInclude
        )
    }

    /// What becomes of the requests of an include that Contour does not follow: 502 for its conditions, as they stand
    /// without those of the includes above; nothing where it has none.
    static func effect(ofLosing include: ProxyOutline.Include) -> String {
        guard !include.conditions.isEmpty else { return "its routes are missing" }
        return "requests to \(RequestMatch(include.conditions).words) get 502"
    }

    private static func fault(
        _ include: ProxyOutline.Include,
        _ rule: String,
        _ reason: String,
        _ problem: String,
        _ remedy: String,
        _ reach: ProxyFault.Reach
    ) -> ProxyFault {
        ProxyFault(
            Finding(
                rule: "httpproxy/\(rule)",
                severity: .warn,
                path: "\(include.path).name",
                value: include.target.name,
                problem: problem,
                remedy: remedy,
                effect: effect(ofLosing: include),
                reported: contour("IncludeError", reason)
            ),
            reach
        )
    }

    /// `web/a -> web/b -> web/a`, with an ellipsis for what a warning has no room for.
    static func words(_ chain: [ObjectKey]) -> String {
        let names = chain.map(\.description)
        return (names.count <= 4 ? names : names.prefix(2) + ["…"] + names.suffix(1)).joined(separator: " -> ")
    }
}
