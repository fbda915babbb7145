import JSON
import Kubernetes
import Platform
import Sandbox
import TestSupport
import Testing

/// Changes without end while watches break in every way: the cache is right in the end, and each event on the way fits
/// the one before.
@Suite(.timeLimit(.minutes(1))) struct InformerStormTests {
    /// What the events add up to.
    private struct Replay {
        var objects: [ObjectKey: JSONValue] = [:]
        var faults: [String] = []

        mutating func apply(_ event: InformerEvent) {
            switch event {
            case .added(let object):
                if objects.updateValue(object, forKey: object.key) != nil { faults.append("added twice") }
            case .updated(let old, let new):
                if objects.updateValue(new, forKey: new.key) != old { faults.append("updated from another state") }
            case .deleted(let object):
                if objects.removeValue(forKey: object.key) == nil { faults.append("deleted what was not there") }
            }
        }
    }

    private let clock = ManualClock()
    private let cluster: InMemoryCluster
    private let replay = Locked(Replay())

    init() { cluster = InMemoryCluster(clock: clock) }

    /// Does one thing to the cluster or to its watches.
    private func disturb(_ random: inout SeededValues) {
        let key = ObjectKey(namespace: "test", name: "c\(Int.random(in: 0..<8, using: &random))")
        switch Int.random(in: 0..<20, using: &random) {
        case 0..<10: cluster.put(.configMaps, configMap(key.name, "\(Int.random(in: 0..<9_999, using: &random))"))
        case 10..<14: if cluster.object(.configMaps, key) != nil { cluster.remove(.configMaps, key) }
        case 14: cluster.endWatches()
        case 15, 16:
            let code = [0, 410, 429, 500].randomElement(using: &random) ?? 0
            cluster.endWatches(
                throwing: KubernetesError(operation: "watch", code: code, reason: "", message: "broken")
            )
        case 17: cluster.sendBookmarks()
        case 18:
            cluster.detachWatches { cluster in
                cluster.put(.configMaps, configMap(key.name, "unseen"))
                cluster.forgetHistory()
            }
        default: clock.advance(by: .seconds(1))
        }
    }

    private var stored: [ObjectKey: String] {
        Dictionary(uniqueKeysWithValues: cluster.objects(.configMaps).map { ($0.key, $0.resourceVersion) })
    }

    @Test(arguments: 0..<12) func isRightInTheEnd(seed: UInt64) async {
        var random = SeededValues(seed: seed)
        let informer = Informer(
            type: .configMaps,
            indexes: [InformerIndex("value") { [$0[path: "data", "value"]?.string ?? ""] }],
            api: cluster,
            clock: clock,
            jitter: { 0 },
            onEvent: { [replay] event in replay.withLock { $0.apply(event) } }
        )
        let running = Task { await informer.run() }
        for _ in 0..<150 {
            disturb(&random)
            for _ in 0..<Int.random(in: 0..<6, using: &random) { await Task.yield() }
        }
        while informer.objects.mapValues(\.resourceVersion) != stored, !Task.isCancelled {
            if clock.sleeperCount > 0 { await clock.advanceToNextSleeper() }
            await Task.yield()
        }
        running.cancel()
        await running.value
        let told = replay.withLock { $0 }
        #expect(told.faults.isEmpty)
        #expect(told.objects == informer.objects)
        for object in informer.objects.values {
            let value = object[path: "data", "value"]?.string ?? ""
            #expect(informer.objects(in: "value", under: value).contains(object))
        }
    }
}
