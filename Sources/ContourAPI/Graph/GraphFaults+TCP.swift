import Kubernetes
import Schema

/// Includes of `spec.tcpproxy`.
extension GraphFaults {
    /// What is wrong with the TCP include of `holder`; nil where it leads to a child that may be looked at.
    ///
    /// `child` is what it leads to, nil for none; `above` are the objects from the root down to the holder, itself
    /// among them.
    static func tcpInclude(of holder: ProxyOutline, to child: ProxyOutline?, above: [ObjectKey]) -> ProxyFault? {
        guard let target = holder.tcpTarget else { return nil }
        if target == holder.key {
            return tcpFault(holder, "tcp-include-self", holder.isRoot ? "RootIncludesRoot" : "IncludeCreatesCycle")
        }
        guard let child else { return tcpFault(holder, "tcp-include-missing", "IncludeNotFound") }
        if child.isRoot { return tcpFault(holder, "tcp-include-root", "RootIncludesRoot") }
        guard let start = above.firstIndex(of: target) else { return nil }
        return tcpCycle(of: holder, Array(above[start...]) + [target])
    }

    /// A TCP include that leads back.
    static func tcpCycle(of holder: ProxyOutline, _ chain: [ObjectKey]) -> ProxyFault {
        tcpFault(holder, "tcp-include-cycle", "IncludeCreatesCycle", chain)
    }

    /// A TCP include of an object that has no `tcpproxy`.
    static func tcpIncludeEmpty(of holder: ProxyOutline, _ target: ObjectKey) -> ProxyFault {
        ProxyFault(
            Finding(
                rule: "httpproxy/tcp-include-empty",
                severity: .warn,
                path: "\(holder.tcpIncludePath).name",
                value: target.name,
                problem: "\(target) has no tcpproxy",
                remedy: "write one there",
                effect: "TLS connections to the host are not served"
            ),
            .unreported
        )
    }

    private static func tcpFault(
        _ holder: ProxyOutline,
        _ rule: String,
        _ reason: String,
        _ chain: [ObjectKey] = []
    ) -> ProxyFault {
        let target = holder.tcpTarget ?? holder.key
        let (problem, remedy) =
            switch rule {
            case "tcp-include-missing": ("no HTTPProxy \(target) yet", "apply it")
            case "tcp-include-root": ("\(target) has a virtualhost", "take it out there")
            case "tcp-include-self": ("the object includes itself", "write the name of another HTTPProxy")
            default: (leadsBack(chain), "take one out")
            }
        return ProxyFault(
            Finding(
                rule: "httpproxy/\(rule)",
                severity: rule == "tcp-include-self" ? .deny : .warn,
                path: "\(holder.tcpIncludePath).name",
                value: target.name,
                problem: problem,
                remedy: remedy,
                effect: "the whole host is not served, its HTTP routes neither",
                reported: contour("TCPProxyIncludeError", reason)
            ),
            .stop
        )
    }
}
