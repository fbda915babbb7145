import Kubernetes
import Schema

/// What is wrong with an HTTPProxy because of other HTTPProxies, in the words of the webhook and of the graph alike.
enum GraphFaults {
    /// Several roots with one host: Contour serves none of them.
    static func hostTaken(_ host: String, by holder: ObjectKey) -> ProxyFault {
        ProxyFault(
            Finding(
                rule: "httpproxy/fqdn-taken",
                path: "spec.virtualhost.fqdn",
                value: host,
                problem: "\(host) is held by HTTPProxy \(holder)",
                remedy: "write another name, or leave virtualhost out and include this object in \(holder)",
                effect: "Contour serves neither, and requests to \(host) get 404",
                reported: contour("VirtualHostError", "DuplicateVhost")
            ),
            .stop
        )
    }

    /// An object without a host that no root leads to; of the roots that would, `refused` is refused itself.
    static func orphan(_ key: ObjectKey, below refused: ObjectKey? = nil) -> ProxyFault {
        ProxyFault(
            Finding(
                rule: "httpproxy/orphan",
                severity: .warn,
                path: "metadata.name",
                value: key.name,
                problem: refused.map { "the root \($0) is refused itself" } ?? "no root leads to it",
                remedy: refused == nil ? "include it in a root" : "see to that root",
                effect: "it gets no requests",
                reported: contour("Orphaned", "Orphaned")
            ),
            .goOn
        )
    }

    /// Where the graph is too large to be walked to the end.
    static func tooLarge(_ key: ObjectKey, _ problem: String) -> Finding {
        Finding(
            rule: "httpproxy/graph-too-large",
            severity: .warn,
            path: "metadata.name",
            value: key.name,
            problem: problem,
            remedy: "include less"
        )
    }

    /// What Contour would report.
    static func contour(_ type: String, _ reason: String) -> ReportedCondition {
        ReportedCondition(controller: "Contour", type: type, reason: reason)
    }
}
