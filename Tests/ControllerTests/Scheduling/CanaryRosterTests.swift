import JSON
import Kubernetes
import Testing

@testable import Controller

@Suite(.timeLimit(.minutes(1))) struct CanaryRosterTests {
    private func canary(
        _ name: String,
        target: String,
        kind: String = "Deployment",
        service: String? = nil,
        autoscaler: String? = nil,
        created: Int = 0,
        phase: String = "Initialized"
    ) -> JSONValue {
        var canary: JSONValue = [
            "metadata": [
                "name": .string(name), "namespace": "test",
                "creationTimestamp": .string("2026-11-25T04:00:0\(created)Z"),
            ],
            "spec": ["targetRef": ["kind": .string(kind), "name": .string(target)]],
            "status": ["phase": .string(phase)],
        ]
        if let service { canary[path: "spec", "service", "name"] = .string(service) }
        if let autoscaler { canary[path: "spec", "autoscalerRef", "name"] = .string(autoscaler) }
        return canary
    }

    private func object(_ name: String, namespace: String = "test", owner: String? = nil) -> JSONValue {
        var object: JSONValue = ["metadata": ["name": .string(name), "namespace": .string(namespace)]]
        if let owner {
            object[path: "metadata", "ownerReferences"] = [["kind": "Canary", "name": .string(owner)]]
        }
        return object
    }

    private func key(_ name: String) -> ObjectKey { ObjectKey(namespace: "test", name: name) }

    @Test(arguments: ["podinfo", "podinfo-primary", "podinfo-canary", "web", "web-primary", "web-canary", "scaler"])
    func knowsWhomANameConcerns(_ name: String) {
        var roster = CanaryRoster()
        _ = roster.set(canary("a", target: "podinfo", service: "web", autoscaler: "scaler"))
        #expect(roster.canaries(of: object(name)) == [key("a")])
        #expect(roster.canaries(of: object(name, namespace: "other")) == [])
        #expect(roster.canaries(of: object("\(name)-x")) == [])
    }

    @Test func knowsWhomAnOwnerReferenceNames() {
        var roster = CanaryRoster()
        _ = roster.set(canary("a", target: "podinfo"))
        #expect(roster.canaries(of: object("config-1", owner: "a")) == [key("a")])
        #expect(roster.canaries(of: object("config-1", owner: "gone")) == [])
    }

    @Test func forgetsTheNamesOfBefore() {
        var roster = CanaryRoster()
        _ = roster.set(canary("a", target: "podinfo"))
        _ = roster.set(canary("a", target: "other"))
        #expect(roster.canaries(of: object("podinfo")) == [])
        #expect(roster.canaries(of: object("other")) == [key("a")])
        _ = roster.remove(key("a"))
        #expect(roster.canaries(of: object("other")) == [] && roster.count == 0)
    }

    @Test func knowsWhoReadsAConfig() {
        var roster = CanaryRoster()
        _ = roster.set(canary("a", target: "podinfo"))
        let configs = ["one", "two", "three"].map { CanaryRoster.Config(kind: "ConfigMap", key: key($0)) }
        roster.setReads(of: key("a"), [configs[0], configs[1]])
        roster.setReads(of: key("a"), [configs[1], configs[2]])
        #expect(configs.map { roster.readers(of: $0).count } == [0, 1, 1])
        _ = roster.remove(key("a"))
        #expect(configs.allSatisfy { roster.readers(of: $0).isEmpty })
    }

    @Test func givesATargetToTheOldest() {
        var roster = CanaryRoster()
        #expect(roster.set(canary("b", target: "podinfo", created: 2)) == [])
        #expect(roster.refusal(of: key("b")) == nil)
        #expect(roster.set(canary("a", target: "podinfo", created: 1)) == [key("b")])
        let words = "target podinfo.test belongs to the older canary a.test; this one is left alone"
        #expect(roster.refusal(of: key("b")) == words)
        #expect(roster.refusal(of: key("a")) == nil)
        // A change of the status is nothing to the other one.
        #expect(roster.set(canary("a", target: "podinfo", created: 1, phase: "Progressing")) == [])
        #expect(roster.remove(key("a")) == [key("b")])
        #expect(roster.refusal(of: key("b")) == nil)
    }

    @Test func tellsWorkloadsOfOneNameApart() {
        var roster = CanaryRoster()
        _ = roster.set(canary("a", target: "podinfo"))
        _ = roster.set(canary("b", target: "podinfo", kind: "DaemonSet"))
        #expect(roster.refusal(of: key("a")) == nil && roster.refusal(of: key("b")) == nil)
    }

    @Test func putsThoseOnTheirWayFirst() {
        var roster = CanaryRoster()
        for (name, phase) in [("a", "Succeeded"), ("b", "Progressing"), ("c", ""), ("d", "Failed"), ("e", "Waiting")] {
            _ = roster.set(canary(name, target: name, phase: phase))
        }
        #expect(Set(roster.keys.active) == [key("b"), key("c"), key("e")])
        #expect(Set(roster.keys.resting) == [key("a"), key("d")])
    }
}
