import HTTPTypes
import JSON
import Kubernetes
import Platform
import Testing

extension KubeAPIContract {
    /// Deletion: preconditions, finalizers, owners.
    @Suite(.timeLimit(.minutes(1))) struct Deleting {
        private func isGone(_ path: String, _ space: ContractNamespace) async throws -> Bool {
            let clock = SystemClock()
            let end = clock.now() + .seconds(20)
            while clock.now() < end {
                if try await space.api.send(.get, path).status == 404 { return true }
                try await clock.sleep(for: .milliseconds(50))
            }
            return false
        }

        private func owned(by owner: JSONValue) -> JSONValue {
            [
                "metadata": [
                    "name": "child",
                    "ownerReferences": [
                        [
                            "apiVersion": "v1", "kind": "ConfigMap", "name": .string(owner.name),
                            "uid": .string(owner.uid),
                        ]
                    ],
                ]
            ]
        }

        @Test func saysWhatIsGone() async throws {
            let space = try await ContractNamespace()
            let object = try await space.make("a")
            let answer = try await space.api.send(.delete, space.configMaps("a"))
            #expect(answer.status == 200)
            #expect(try answer.json["status"] == "Success")
            let details = try answer.json["details"]
            #expect(details == ["name": "a", "kind": "configmaps", "uid": .string(object.uid)])
            #expect(try await space.api.send(.delete, space.configMaps("a")).status == 404)
        }

        @Test(arguments: ["uid", "resourceVersion"]) func keepsToPreconditions(field: String) async throws {
            let space = try await ContractNamespace()
            let object = try await space.make("a")
            let path = space.configMaps("a")
            let wrong = try await space.api.send(.delete, path, ["preconditions": [field: "1"]])
            #expect(wrong.status == 409)
            let right = field == "uid" ? object.uid : object.resourceVersion
            #expect(try await space.api.send(.delete, path, ["preconditions": [field: .string(right)]]).status == 200)
        }

        @Test func waitsForFinalizers() async throws {
            let space = try await ContractNamespace()
            let body: JSONValue = ["metadata": ["name": "a", "finalizers": ["example.com/hold"]]]
            _ = try await space.api.send(.post, space.configMaps(), body)
            let path = space.configMaps("a")
            let marked = try await space.api.send(.delete, path).json
            #expect(marked[path: "metadata", "deletionTimestamp"] != nil)
            #expect(marked[path: "metadata", "deletionGracePeriodSeconds"] == 0)
            let more: JSONValue = ["metadata": ["finalizers": ["example.com/hold", "example.com/more"]]]
            #expect(try await space.patch(path, more).status == 422)
            #expect(try await space.patch(path, ["metadata": ["finalizers": .null]]).status == 200)
            #expect(try await space.api.send(.get, path).status == 404)
        }

        @Test func wantsQualifiedFinalizers() async throws {
            let space = try await ContractNamespace()
            let body: JSONValue = ["metadata": ["name": "a", "finalizers": ["noslash"]]]
            #expect(try await space.api.send(.post, space.configMaps(), body).status == 422)
        }

        @Test func wantsTheUidOfAnOwner() async throws {
            let space = try await ContractNamespace()
            var child = owned(by: try await space.make("owner"))
            child[path: "metadata", "ownerReferences"] = [["apiVersion": "v1", "kind": "ConfigMap", "name": "owner"]]
            #expect(try await space.api.send(.post, space.configMaps(), child).status == 422)
        }

        @Test(arguments: ["Background", "Foreground"]) func takesWhatIsOwnedAlong(policy: String) async throws {
            let space = try await ContractNamespace()
            guard space.api.hasControllers else { return }
            let owner = try await space.make("owner")
            _ = try await space.api.send(.post, space.configMaps(), owned(by: owner))
            let options: JSONValue = ["propagationPolicy": .string(policy)]
            #expect(try await space.api.send(.delete, space.configMaps("owner"), options).status == 200)
            #expect(try await isGone(space.configMaps("child"), space))
            #expect(try await isGone(space.configMaps("owner"), space))
        }

        @Test func leavesOrphans() async throws {
            let space = try await ContractNamespace()
            guard space.api.hasControllers else { return }
            let owner = try await space.make("owner")
            _ = try await space.api.send(.post, space.configMaps(), owned(by: owner))
            _ = try await space.api.send(.delete, space.configMaps("owner"), ["propagationPolicy": "Orphan"])
            #expect(try await isGone(space.configMaps("owner"), space))
            let child = try await space.api.send(.get, space.configMaps("child")).json
            #expect(child[path: "metadata", "ownerReferences"] == nil)
        }

        @Test func collectsWhatHasAnOwnerThatNeverWas() async throws {
            let space = try await ContractNamespace()
            guard space.api.hasControllers else { return }
            var owner = try await space.make("owner")
            owner[path: "metadata", "uid"] = "11111111-1111-4111-8111-111111111111"
            _ = try await space.api.send(.post, space.configMaps(), owned(by: owner))
            #expect(try await isGone(space.configMaps("child"), space))
        }
    }
}
