import HTTPTypes
import JSON
import Kubernetes
import Sandbox
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1))) struct WatchingTests {
    private let fixture = APIFixture()

    private func put(_ name: String, _ value: String = "1", label: String? = nil) {
        var object = configMap(name, value)
        if let label { object[path: "metadata", "labels", "app"] = .string(label) }
        fixture.cluster.put(.configMaps, object)
    }

    @Test(arguments: ["", "&resourceVersion=0"]) func beginsWithWhatIsThere(version: String) async throws {
        put("a")
        let watch = try await fixture.watch("\(configMaps)?watch=1\(version)")
        #expect(watch.contentType == "application/json")
        put("b")
        #expect(try await watch.summary() == "ADDED a")
        #expect(try await watch.summary() == "ADDED b")
    }

    @Test func goesOnFromAListsVersion() async throws {
        put("a")
        let list = await fixture.send(.get, configMaps)
        let version = try #require(try list.json[path: "metadata", "resourceVersion"]?.string)
        put("b")
        let watch = try await fixture.watch("\(configMaps)?watch=true&resourceVersion=\(version)")
        put("a", "2")
        fixture.cluster.remove(.configMaps, ObjectKey(namespace: "test", name: "b"))
        #expect(try await watch.summary() == "ADDED b")
        #expect(try await watch.summary() == "MODIFIED a")
        #expect(try await watch.summary() == "DELETED b")
    }

    @Test func tellsWhatEntersAndLeavesTheSelection() async throws {
        put("a", label: "x")
        let version = fixture.cluster.resourceVersion
        let watch = try await fixture.watch(
            "\(configMaps)?watch=1&labelSelector=app%3Dx&resourceVersion=\(version)"
        )
        put("other", label: "y")
        put("a", "2", label: "y")
        put("a", "3", label: "y")
        put("a", "4", label: "x")
        put("a", "5", label: "x")
        let gone = try #require(try await watch.next())
        #expect(gone["type"] == "DELETED")
        #expect(gone["object"]?[path: "data", "value"] == "1")
        #expect(gone["object"]?.resourceVersion == "\((Int(version) ?? 0) + 2)")
        #expect(try await watch.summary() == "ADDED a")
        #expect(try await watch.summary() == "MODIFIED a")
    }

    @Test func watchesOneObject() async throws {
        let watch = try await fixture.watch(
            "\(configMaps)?fieldSelector=metadata.name%3Db&resourceVersion=0&watch=true"
        )
        put("a")
        put("b")
        #expect(try await watch.summary() == "ADDED b")
    }

    @Test func endsWhenItsTimeIsOver() async throws {
        let watch = try await fixture.watch("\(configMaps)?watch=1&timeoutSeconds=90&allowWatchBookmarks=true")
        await fixture.clock.waitForSleepers(count: 1)
        fixture.clock.advance(by: .seconds(60))
        let bookmark = try #require(try await watch.next())
        #expect(
            bookmark == [
                "type": "BOOKMARK",
                "object": [
                    "kind": "ConfigMap", "apiVersion": "v1",
                    "metadata": ["resourceVersion": .string(fixture.cluster.resourceVersion)],
                ],
            ]
        )
        await fixture.clock.waitForSleepers(count: 1)
        #expect(fixture.clock.timeToNextSleeper == .seconds(30))
        fixture.clock.advance(by: .seconds(30))
        #expect(try await watch.summary() == "BOOKMARK")
        #expect(try await watch.next() == nil)
        #expect(fixture.cluster.watcherCount == 0)
    }

    @Test func sendsBookmarksOnlyWhenAsked() async throws {
        let watch = try await fixture.watch("\(configMaps)?watch=1&timeoutSeconds=90")
        await fixture.clock.waitForSleepers(count: 1)
        fixture.cluster.sendBookmarks()
        fixture.clock.advance(by: .seconds(90))
        #expect(try await watch.next() == nil)
    }

    @Test func saysThatAVersionIsTooOld() async throws {
        put("a")
        fixture.cluster.forgetHistory()
        let watch = try await fixture.watch("\(configMaps)?watch=1&resourceVersion=1000")
        let event = try #require(try await watch.next())
        #expect(event["type"] == "ERROR")
        #expect(event["object"]?["code"] == 410)
        #expect(event["object"]?["reason"] == "Expired")
        #expect(event["object"]?["message"]?.string?.hasPrefix("too old resource version: 1000 (") == true)
        #expect(try await watch.next() == nil)
    }

    @Test func forgetsOldChanges() async throws {
        let fixture = APIFixture(historyLimit: 10)
        for number in 0..<30 { fixture.cluster.put(.configMaps, configMap("a", "\(number)")) }
        let newest = try #require(Int(fixture.cluster.resourceVersion))
        let old = try await fixture.watch("\(configMaps)?watch=1&resourceVersion=\(newest - 15)")
        #expect(try await old.next()?["object"]?["code"] == 410)
        let recent = try await fixture.watch("\(configMaps)?watch=1&resourceVersion=\(newest - 10)")
        #expect(try await recent.next()?["object"]?.resourceVersion == "\(newest - 9)")
    }

    @Test func endsAWatchThatIsNotRead() async throws {
        let cluster = InMemoryCluster(clock: fixture.clock, watchLimit: 3)
        cluster.put(.configMaps, configMap("a"))
        let stream = try await cluster.watch(.configMaps, namespace: nil, resourceVersion: "0")
        for number in 0..<9 { cluster.put(.configMaps, configMap("a", "new \(number)")) }
        #expect(cluster.watcherCount == 0)
        var seen: [String] = []
        for try await event in stream { seen.append(event.summary) }
        #expect(seen == ["added a 1001", "modified a 1002", "modified a 1003", "modified a 1004"])
    }

    @Test func streamsTheStateFirstWhenAsked() async throws {
        put("a")
        let watch = try await fixture.watch(
            "\(configMaps)?watch=1&sendInitialEvents=true&resourceVersionMatch=NotOlderThan&allowWatchBookmarks=true"
        )
        #expect(try await watch.summary() == "ADDED a")
        let end = try #require(try await watch.next())
        #expect(end["type"] == "BOOKMARK")
        #expect(end["object"]?.annotation("k8s.io/initial-events-end") == "true")
        let wrong = await fixture.send(.get, "\(configMaps)?watch=1&sendInitialEvents=true")
        #expect(wrong.status == 422)
    }

    @Test func sendsTablesOfOneRow() async throws {
        put("a")
        let watch = try await fixture.watch("\(configMaps)?watch=1", accept: tableV1)
        let first = try #require(try await watch.next())
        #expect(first["object"]?["kind"] == "Table")
        #expect(first["object"]?["columnDefinitions"]?.array?.count == 3)
        #expect(first["object"]?["rows"]?[0]?["cells"] == ["a", 1, "0s"])
        put("b")
        let second = try #require(try await watch.next())
        #expect(second["object"]?["columnDefinitions"] == .null)
        #expect(second["object"]?["rows"]?[0]?["cells"] == ["b", 1, "0s"])
    }
}
