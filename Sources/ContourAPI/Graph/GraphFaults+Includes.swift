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
                problem: leadsBack(chain),
                remedy: "take one out",
                effect:
                    "Contour marks the object invalid that it meets again on \(words(chain)), and leaves it out there",
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

    /// `leads back over web/b and 2 more`, for a chain that begins and ends with the object that is met again.
    static func leadsBack(_ chain: [ObjectKey]) -> String {
        let others = chain.dropFirst().dropLast()
        guard let first = others.first else { return "leads back to itself" }
        return "leads back over \(first)" + (others.count > 1 ? " and \(others.count - 1) more" : "")
    }

    /// `web/a -> web/b -> web/a`.
    static func words(_ chain: [ObjectKey]) -> String { chain.map(\.description).joined(separator: " -> ") }
}
