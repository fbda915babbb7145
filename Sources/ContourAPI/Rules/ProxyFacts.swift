import Admission
import JSON
import Kubernetes
import Schema

/// What is found on one HTTPProxy among others.
struct ProxyFacts {
    /// The HTTPProxy as it is to be.
    let outline: ProxyOutline
    /// The others round it.
    let around: ProxyNeighbours
    /// Its own checks.
    let checks: ProxyChecks
    /// The ways that lead to it.
    let ways: Ways
    /// What was found, in the order in which it came up.
    private(set) var findings: [Finding] = []
    /// Whether something was too large to be looked at to the end.
    var isCut = false

    init(_ proxy: JSONValue, in view: ClusterView, settings: ContourSettings) {
        outline = ProxyOutline(proxy)
        around = ProxyNeighbours(of: proxy, in: view, settings: settings)
        checks = around.checks(of: outline)
        ways = Ways(to: outline, among: around)
    }

    /// Notes a fault.
    mutating func add(_ finding: Finding) { findings.append(finding) }

    /// Notes a fault that Contour takes on; nil for none.
    mutating func add(_ fault: ProxyFault?) {
        guard let fault else { return }
        findings.append(fault.finding)
    }

    /// Notes what is only likely to be a fault.
    mutating func warn(
        _ rule: String,
        _ path: String,
        value: String? = nil,
        _ problem: String,
        write remedy: String,
        effect: String? = nil,
        reported: ReportedCondition? = nil
    ) {
        add(
            Finding(
                rule: "httpproxy/\(rule)",
                severity: .warn,
                path: path,
                value: value,
                problem: problem,
                remedy: remedy,
                effect: effect,
                reported: reported
            )
        )
    }

    /// All that is wrong with the object where it stands.
    mutating func checkAll() {
        checkHost()
        checkReach()
        checkIncludes()
        checkTCPInclude()
        checkInheritance()
        checkChildren()
        checkTokens()
        checkCanaries()
        guard isCut || ways.isCut else { return }
        add(
            GraphFaults.tooLarge(
                outline.key,
                ways.isCut ? "more than \(Ways.limit) ways lead to it" : "more includes than are looked at"
            )
        )
    }

    private mutating func checkHost() {
        guard outline.isRoot else { return }
        add(around.rivals(of: outline).first.map { GraphFaults.hostTaken(outline.host, by: $0) })
        let holders = around.holders(of: outline.key).filter { $0.key != outline.key }
        guard let holder = holders.first, let include = holder.includes(of: outline.key).first else { return }
        warn(
            "included-root",
            "spec.virtualhost",
            "\(holder.key) includes it",
            write: "remove one",
            effect: GraphFaults.effect(ofLosing: include) + " on the host of that include",
            reported: GraphFaults.contour("IncludeError", "RootIncludesRoot")
        )
    }

    private mutating func checkReach() {
        guard around.areAllKnown, !outline.isRoot, !ways.isReached, !ways.isCut else { return }
        add(GraphFaults.orphan(outline.key, below: ways.refused))
    }
}
