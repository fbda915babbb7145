import HTTPTypes
import JSON
import Kubernetes
import Testing

extension KubeAPIContract {
    /// Lists and watches.
    @Suite(.timeLimit(.minutes(1))) struct Reading {
        private func filled(_ names: [String] = ["a", "b", "c"]) async throws -> ContractNamespace {
            let space = try await ContractNamespace()
            for name in names { try await space.make(name, data: ["name": .string(name)]) }
            return space
        }

        /// The names of the items that are the tests' own: those of one letter.
        ///
        /// Clusters put ConfigMaps of theirs into every namespace.
        private func names(_ list: JSONValue) -> [String] {
            (list["items"]?.array ?? []).map(\.name).filter { $0.count == 1 }
        }

        @Test func listsTheItemsOfBuiltInKindsWithoutTheirKind() async throws {
            let space = try await filled()
            let list = try await space.api.send(.get, space.configMaps()).json
            #expect(list["kind"] == "ConfigMapList" && list["apiVersion"] == "v1")
            #expect(names(list) == ["a", "b", "c"])
            #expect(list["items"]?[0]?["kind"] == nil)
        }

        @Test func listsPagesOfOneState() async throws {
            let space = try await filled()
            let selector = "fieldSelector=metadata.name!%3Dkube-root-ca.crt"
            let first = try await space.api.send(.get, "\(space.configMaps())?limit=2&\(selector)").json
            #expect(names(first) == ["a", "b"])
            let token = try #require(first[path: "metadata", "continue"]?.string)
            try await space.make("d")
            let path = "\(space.configMaps())?limit=2&\(selector)&continue=\(token)"
            let second = try await space.api.send(.get, path).json
            #expect(names(second) == ["c"])
            #expect(second[path: "metadata", "resourceVersion"] == first[path: "metadata", "resourceVersion"])
            let both = try await space.api.send(.get, "\(path)&resourceVersion=5")
            #expect(both.status == 400)
            #expect(try both.message == "specifying resource version is not allowed when using continue")
        }

        @Test func selectsByLabelsAndFields() async throws {
            let space = try await filled()
            _ = try await space.patch(space.configMaps("b"), ["metadata": ["labels": ["app": "x"]]])
            for (query, expected) in [
                ("labelSelector=app%3Dx", ["b"]), ("labelSelector=app+in+(x,y)", ["b"]),
                ("labelSelector=%21app", ["a", "c"]), ("fieldSelector=metadata.name%3Dc", ["c"]),
            ] {
                let list = try await space.api.send(.get, "\(space.configMaps())?\(query)").json
                #expect(names(list) == expected, "\(query)")
            }
            let unknown = try await space.api.send(.get, "\(space.configMaps())?fieldSelector=data.name%3Da")
            #expect(unknown.status == 400)
        }

        @Test func wantsAVersionForAMatch() async throws {
            let space = try await ContractNamespace()
            let answer = try await space.api.send(.get, "\(space.configMaps())?resourceVersionMatch=Exact")
            #expect(answer.status == 422)
        }

        @Test func watchesFromTheVersionOfAList() async throws {
            let space = try await filled()
            let list = try await space.api.send(.get, space.configMaps()).json
            let version = try #require(list[path: "metadata", "resourceVersion"]?.string)
            let watch = try await space.api.watch("\(space.configMaps())?watch=1&resourceVersion=\(version)")
            let made = try await space.make("d")
            _ = try await space.patch(space.configMaps("d"), ["data": ["value": "2"]])
            _ = try await space.api.send(.delete, space.configMaps("d"))
            var events: [JSONValue] = []
            while events.count < 3, let event = try await watch.next() {
                if event["object"]?.name == "d" { events.append(event) }
            }
            #expect(events.map { $0["type"]?.string } == ["ADDED", "MODIFIED", "DELETED"])
            #expect(events.first?["object"]?.resourceVersion == made.resourceVersion)
            #expect(events.last?["object"]?.resourceVersion != made.resourceVersion)
        }

        @Test func reportsWhatLeavesTheSelectionAsDeleted() async throws {
            let space = try await filled(["a"])
            _ = try await space.patch(space.configMaps("a"), ["metadata": ["labels": ["app": "x"]]])
            let query = "watch=1&resourceVersion=0&labelSelector=app%3Dx"
            let watch = try await space.api.watch("\(space.configMaps())?\(query)")
            #expect(try await watch.next()?["type"] == "ADDED")
            _ = try await space.patch(space.configMaps("a"), ["metadata": ["labels": ["app": "y"]]])
            let event = try #require(try await watch.next())
            #expect(event["type"] == "DELETED")
            #expect(event["object"]?[path: "metadata", "labels", "app"] == "x")
        }

        @Test func endsAWatchInTime() async throws {
            let space = try await ContractNamespace()
            let watch = try await space.api.watch(
                "\(space.configMaps())?watch=1&resourceVersion=0&timeoutSeconds=1&labelSelector=none%3Dnone"
            )
            #expect(try await watch.next() == nil)
        }

        @Test func saysThatAVersionIsTooOld() async throws {
            let space = try await filled(["a"])
            let watch = try await space.api.watch("\(space.configMaps())?watch=1&resourceVersion=1&timeoutSeconds=5")
            let event = try #require(try await watch.next())
            // A server that has just been started has forgotten nothing.
            guard event["type"] == "ERROR" || space.api.isSandbox else { return }
            #expect(event["type"] == "ERROR")
            #expect(event[path: "object", "code"] == 410)
            #expect(event[path: "object", "reason"] == "Expired")
            #expect(try await watch.next() == nil)
        }

        @Test func wantsAMatchForInitialEvents() async throws {
            let space = try await ContractNamespace()
            let path = "\(space.configMaps())?watch=1&sendInitialEvents=true"
            #expect(try await space.api.send(.get, path).status == 422)
        }
    }
}
