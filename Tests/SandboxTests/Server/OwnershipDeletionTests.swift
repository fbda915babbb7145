import HTTPTypes
import JSON
import Kubernetes
import Sandbox
import TestSupport
import Testing

/// What goes with a deleted object, and what holds one back.
@Suite(.timeLimit(.minutes(1))) struct OwnershipDeletionTests {
    private let fixture = APIFixture()
    private let path = "\(configMaps)/owner"

    /// Puts `name`, owned by `owner` where there is one.
    @discardableResult
    private func put(_ name: String, ownedBy owner: JSONValue? = nil, finalizers: [String] = []) -> JSONValue {
        var object = configMap(name)
        if let owner {
            object[path: "metadata", "ownerReferences"] = [
                [
                    "apiVersion": "v1", "kind": "ConfigMap", "name": .string(owner.name), "uid": .string(owner.uid),
                    "blockOwnerDeletion": true,
                ]
            ]
        }
        if !finalizers.isEmpty { object[path: "metadata", "finalizers"] = .array(finalizers.map { .string($0) }) }
        return fixture.cluster.put(.configMaps, object)
    }

    private func object(_ name: String) -> JSONValue? { fixture.cluster.object(.configMaps, "test", name) }

    @Test func deletesWhatIsOwnedFirstInTheForeground() async throws {
        let owner = put("owner")
        let child = put("child", ownedBy: owner)
        put("grandchild", ownedBy: child)
        let watch = try await fixture.watch(
            "\(configMaps)?watch=1&resourceVersion=\(fixture.cluster.resourceVersion)"
        )
        let answer = await fixture.send(.delete, path, ["propagationPolicy": "Foreground"])
        #expect(answer.status == 200)
        var seen: [String] = []
        for _ in 0..<6 { seen.append(try #require(try await watch.summary())) }
        #expect(
            seen == [
                "MODIFIED owner", "MODIFIED child", "MODIFIED grandchild", "DELETED grandchild", "DELETED child",
                "DELETED owner",
            ]
        )
    }

    @Test func waitsInTheForegroundForWhatIsHeldBack() async throws {
        put("child", ownedBy: put("owner"), finalizers: ["example.com/hold"])
        let answer = try await fixture.send(.delete, path, ["propagationPolicy": "Foreground"]).json
        #expect(answer["kind"] == "ConfigMap")
        #expect(answer[path: "metadata", "finalizers"] == ["foregroundDeletion"])
        #expect(answer[path: "metadata", "deletionTimestamp"] != nil)
        let release: JSONValue = ["metadata": ["finalizers": .null]]
        let type = "application/merge-patch+json"
        #expect(await fixture.send(.patch, "\(configMaps)/child", release, type: type).status == 200)
        #expect(object("child") == nil)
        #expect(object("owner") == nil)
    }

    @Test func leavesWhatIsOwnedToNobody() async throws {
        put("child", ownedBy: put("owner"))
        #expect(await fixture.send(.delete, path, ["propagationPolicy": "Orphan"]).status == 200)
        let child = try #require(object("child"))
        #expect(child[path: "metadata", "ownerReferences"] == nil)
    }

    @Test func refusesAnUnknownPolicy() async throws {
        put("owner")
        let answer = await fixture.send(.delete, path, ["propagationPolicy": "Sideways"])
        #expect(answer.status == 422)
        #expect(try answer.message?.contains("propagationPolicy: Unsupported value: \"Sideways\"") == true)
        #expect(object("owner") != nil)
    }

    @Test func takesNoNewFinalizersOnTheWayOut() async throws {
        put("owner", finalizers: ["example.com/hold"])
        _ = await fixture.send(.delete, path)
        let more: JSONValue = ["metadata": ["finalizers": ["example.com/hold", "example.com/more"]]]
        let answer = await fixture.send(.patch, path, more, type: "application/merge-patch+json")
        #expect(answer.status == 422)
        #expect(
            try answer.message?.hasSuffix(
                """
                metadata.finalizers: Forbidden: no new finalizers can be added if the object is being deleted, found new \
                finalizers []string{"example.com/more"}
                """
            ) == true
        )
    }

    @Test func wantsQualifiedFinalizers() async throws {
        let object: JSONValue = ["metadata": ["name": "a", "finalizers": ["noslash"]]]
        let answer = await fixture.send(.post, configMaps, object)
        #expect(answer.status == 422)
        #expect(try answer.message?.contains("is neither a standard finalizer name nor is it fully qualified") == true)
    }

    @Test(arguments: [("a b", "x"), ("app", "x y"), ("example.com/", "x"), ("app", "-x")])
    func refusesALabelThatIsNone(key: String, value: String) async throws {
        let object: JSONValue = ["metadata": ["name": "a", "labels": [key: .string(value)]]]
        let answer = await fixture.send(.post, configMaps, object)
        #expect(answer.status == 422)
        #expect(try answer.message?.contains("metadata.labels: Invalid value: ") == true)
    }
}
