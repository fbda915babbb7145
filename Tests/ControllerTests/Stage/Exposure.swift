import JSON
import Kubernetes
import Sandbox

/// Which part of the requests of users the revision under analysis answers, in percent.
struct Exposure: Hashable, Sendable {
    /// Of those that nothing sets apart.
    var share = 0
    /// Of those that their headers, cookies or query set apart; the most where there are several kinds.
    var picked = 0
    /// How many are copied to it.
    var copies = 0

    /// Of whatever requests it answers most of.
    var most: Int { max(share, picked) }

    /// Nothing.
    init() {}

    /// What routes and Services say; `canary` is the Service of the revision under analysis.
    init(proxy: JSONValue?, apex: JSONValue?, canary: String, label: String) {
        guard let proxy else {
            share = apex?[path: "spec", "selector", "app"]?.string == label ? 100 : 0
            return
        }
        for route in proxy[path: "spec", "routes"]?.array ?? [] {
            let services = route["services"]?.array ?? []
            let answering = services.filter { $0["mirror"]?.bool != true }
            let total = answering.map(Self.weight).reduce(0, +)
            let own = answering.filter { $0["name"]?.string == canary }.map(Self.weight).reduce(0, +)
            let part = total == 0 ? 0 : own * 100 / total
            let isPicky = (route["conditions"]?.array ?? []).contains { condition in
                condition["header"] != nil || condition["queryParameter"] != nil
            }
            if isPicky { picked = max(picked, part) } else { share = max(share, part) }
            for service in services where service["mirror"]?.bool == true { copies = max(copies, Self.weight(service)) }
        }
    }

    private static func weight(_ service: JSONValue) -> Int { service["weight"]?.int ?? 0 }

    /// The most that the revision under analysis of `canary` may answer by what is written down.
    init(allowedBy canary: JSONValue) {
        let (analysis, status) = (canary[path: "spec", "analysis"], canary["status"])
        let weight = status?["canaryWeight"]?.int ?? 0
        let isByMatch = !(analysis?["match"]?.array ?? []).isEmpty && analysis?["iterations"] != nil
        switch status?["phase"]?.string {
        case "Progressing", "WaitingPromotion":
            share = isByMatch ? 0 : weight
            copies = analysis?["mirror"] == true ? analysis?["mirrorWeight"]?.int ?? 100 : 0
            let isPicked = isByMatch ? status?["iterations"]?.int ?? 0 > 0 : weight > 0
            picked = isPicked && (isByMatch || analysis?["sessionAffinity"] != nil) ? 100 : 0
        case "Promoting": (share, picked) = (100, 100)
        default: break
        }
    }
}

extension Stage {
    /// Which part of the requests the revision under analysis answers now.
    var exposure: Exposure {
        let isPlain = canary[path: "spec", "provider"] == "kubernetes"
        return Exposure(
            proxy: isPlain ? nil : proxy,
            apex: cluster.object(.services, Self.key),
            canary: "podinfo-canary",
            label: "podinfo"
        )
    }
}
