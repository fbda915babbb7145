import JSON
import Schema

/// What may not be changed, or is not read again, once a Canary's objects are made.
extension CanaryFacts {
    /// Fields of `spec.service` that go into the HTTPProxy when it is made; after that it is the team's.
    private static let routeFields = ["timeout", "retries", "match"]

    /// Fields of `spec.service` that go into the Services when they are made.
    private static let serviceFields = ["apex", "primary", "canary", "headless", "trafficDistribution"]

    /// Compares with `stored`, the Canary as it is; before its first phase nothing is made yet.
    mutating func checkChanges(from stored: CanaryFacts) {
        let phase = stored.object[path: "status", "phase"]?.string ?? ""
        guard !["", "Terminating", "Terminated"].contains(phase) else { return }
        refuseAnotherTarget(stored)
        let apex = stored.apexName ?? ""
        if apexName != stored.apexName, targetName == stored.targetName {
            deny(
                "service-name-fixed",
                Self.servicePath.member("name"),
                service["name"],
                "Services and HTTPProxy are named \(apex), and would be left with the traffic",
                "write \(apex), or delete the Canary and create it anew"
            )
        }
        checkPorts(stored, apex)
        warnOfUnread(Self.routeFields, stored, "HTTPProxy \(apex) is not made again", "edit it too")
        warnOfUnread(Self.serviceFields, stored, "the Services are not made again", "edit them too")
    }

    /// The old target's primary would be left with the traffic, and its canary's pods without a gate.
    private mutating func refuseAnotherTarget(_ stored: CanaryFacts) {
        for (key, old, new) in [
            ("kind", stored.targetKind, targetKind), ("name", stored.targetName, targetName),
        ] where old != new {
            deny(
                "target-fixed",
                FieldPath("spec", "targetRef", key),
                spec[path: "targetRef", key],
                "the traffic is on \(stored.targetName ?? "")-primary, which would be left alone with it",
                "write \(old ?? ""), or delete the Canary and create another"
            )
        }
    }

    /// The Services follow at once, but neither the HTTPProxy nor the pods that serve.
    private mutating func checkPorts(_ stored: CanaryFacts, _ apex: String) {
        if let old = stored.service["port"]?.int, let value = service["port"], value.int != old {
            deny(
                "port-fixed",
                Self.servicePath.member("port"),
                value,
                "HTTPProxy \(apex) leads to port \(old), and would find no Service there",
                "write \(old), or delete the Canary and create it anew"
            )
        }
        if let value = service["targetPort"], value != stored.service["targetPort"] {
            warn(
                "target-port-at-once",
                Self.servicePath.member("targetPort"),
                value,
                "holds for the primary's pods at once",
                "name a port in the pods"
            )
        }
    }

    private mutating func warnOfUnread(_ names: [String], _ stored: CanaryFacts, _ problem: String, _ remedy: String) {
        for name in names where service[name] ?? .null != stored.service[name] ?? .null {
            warn("read-once", Self.servicePath.member(name), service[name], problem, remedy)
        }
    }
}
