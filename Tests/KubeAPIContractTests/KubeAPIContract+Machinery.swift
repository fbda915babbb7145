import HTTPTypes
import JSON
import Kubernetes
import Platform
import Testing

extension KubeAPIContract {
    /// What the project builds on its client: caches, Events, leadership.
    @Suite(.timeLimit(.minutes(1))) struct Machinery {
        /// What an informer tells of an object whose name has one letter; clusters put others into every namespace.
        private static func summary(_ event: InformerEvent) -> String? {
            let (text, object) =
                switch event {
                case .added(let object): ("added", object)
                case .updated(let old, let new): ("updated \(old["data"]?["value"]?.string ?? "")", new)
                case .deleted(let object): ("deleted", object)
                }
            return object.name.count == 1 ? "\(text) \(object.name)" : nil
        }

        @Test(arguments: [true, false]) func keepsACache(streamsState: Bool) async throws {
            let space = try await ContractNamespace()
            for name in ["a", "b", "c"] { try await space.make(name) }
            let (told, continuation) = AsyncStream.makeStream(of: String.self)
            let informer = Informer(
                type: .configMaps,
                namespace: space.name,
                fieldSelector: "metadata.name!=kube-root-ca.crt",
                api: space.api.client,
                clock: SystemClock(),
                streamsState: streamsState,
                onEvent: { event in if let text = Self.summary(event) { continuation.yield(text) } }
            )
            let running = Task { await informer.run() }
            try await informer.waitUntilSynced()
            let names = informer.objects.keys.map(\.name).filter { $0.count == 1 }
            #expect(names.sorted() == ["a", "b", "c"])
            #expect(informer.availability == .served)
            try await space.make("d")
            _ = try await space.patch(space.configMaps("a"), ["data": ["value": "2"]])
            _ = try await space.api.send(.delete, space.configMaps("b"))
            var events: [String] = []
            for await event in told.prefix(6) { events.append(event) }
            #expect(Set(events.prefix(3)) == ["added a", "added b", "added c"])
            #expect(events.dropFirst(3) == ["added d", "updated 1 a", "deleted b"])
            #expect(informer.object(ObjectKey(namespace: space.name, name: "a"))?["data"] == ["value": "2"])
            #expect(informer.objects.values.allSatisfy { $0[path: "metadata", "managedFields"] == nil })
            running.cancel()
            await running.value
        }

        @Test func countsEvents() async throws {
            let space = try await ContractNamespace()
            let object = try await space.make("a")
            let recorder = EventRecorder(api: space.api.client, clock: SystemClock(), component: "contract")
            for _ in 0..<3 { await recorder.record(.warning, reason: "Tried", message: "again", about: object) }
            #expect(recorder.statistics.written == 3)
            let query = "fieldSelector=involvedObject.name%3Da,reportingComponent%3Dcontract,source%3Dcontract"
            let path = "\(space.path("/api/v1", "events"))?\(query)"
            let list = try await space.api.send(.get, path).json
            #expect(list["items"]?.array?.count == 1)
            #expect(list["items"]?[0]?["count"] == 3)
            #expect(list["items"]?[0]?["reportingInstance"] == "")
            var fields: HTTPFields = [:]
            fields[.accept] = "application/json;as=Table;v=v1;g=meta.k8s.io"
            let table = try await space.api.send(.get, path, fields: fields).json
            let heads = (table["columnDefinitions"]?.array ?? []).compactMap { $0["name"]?.string }
            let cells = table["rows"]?[0]?["cells"]?.array ?? []
            #expect(heads.prefix(4) == ["Last Seen", "Type", "Reason", "Object"])
            #expect(cells.dropFirst(1).prefix(3) == ["Warning", "Tried", "configmap/a"])
            #expect(cells.dropFirst(4).prefix(3) == ["", "contract", "again"])
            #expect(cells.dropFirst(8).first == 3)
        }

        @Test func leadsAndHandsOver() async throws {
            let space = try await ContractNamespace()
            let key = ObjectKey(namespace: space.name, name: "leader")
            let (began, beginning) = AsyncStream.makeStream(of: String.self)
            let elector = LeaderElector(
                lease: key,
                settings: LeaderElectionSettings(identity: "one"),
                api: space.api.client,
                clock: SystemClock()
            )
            let running = Task {
                await elector.run {
                    beginning.yield("one")
                    for await _ in AsyncStream<Void>(unfolding: { await Self.untilCancelled() }) {}
                }
            }
            for await leader in began.prefix(1) { #expect(leader == "one") }
            #expect(elector.mayWrite)
            let path = space.path("/apis/coordination.k8s.io/v1", "leases", "leader")
            let lease = try await space.api.send(.get, path).json
            #expect(lease[path: "spec", "holderIdentity"] == "one")
            #expect(lease[path: "spec", "leaseDurationSeconds"] == 15)
            #expect(lease[path: "spec", "renewTime"]?.string?.count == "2026-11-23T22:30:00.123456Z".count)
            running.cancel()
            await running.value
            let released = try await space.api.send(.get, path).json
            #expect(released[path: "spec", "holderIdentity"] == "")
            #expect(released[path: "spec", "leaseDurationSeconds"] == 1)
        }

        /// Suspends until the task is cancelled.
        private static func untilCancelled() async -> Void? {
            do {
                try await SystemClock().sleep(for: .seconds(3_600))
                return ()
            } catch {
                return nil
            }
        }
    }
}
