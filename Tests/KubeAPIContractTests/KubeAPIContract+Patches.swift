import HTTPTypes
import JSON
import Kubernetes
import Testing

extension KubeAPIContract {
    /// Patches of all kinds, and fields that are not known.
    @Suite(.timeLimit(.minutes(1))) struct Patches {
        private static let none = JSONValue.object(JSONObject())

        private func apply(
            _ space: ContractNamespace,
            _ data: JSONValue,
            by manager: String,
            force isForced: Bool = false
        ) async throws -> APIAnswer {
            let object: JSONValue = [
                "apiVersion": "v1", "kind": "ConfigMap", "metadata": ["name": "a"], "data": data,
            ]
            let path = "\(space.configMaps("a"))?fieldManager=\(manager)&force=\(isForced)"
            return try await space.patch(path, object, "apply-patch+yaml")
        }

        @Test func mergesListsOfBuiltInKindsByTheirKeys() async throws {
            let space = try await ContractNamespace()
            _ = try await space.api.send(.post, space.deployments(), space.workload())
            let patch: JSONValue = [
                "spec": ["template": ["spec": ["containers": [["name": "sidecar", "image": "side:1"]]]]]
            ]
            let answer = try await space.patch(space.deployments("web"), patch, "strategic-merge-patch+json").json
            let containers = answer[path: "spec", "template", "spec", "containers"]?.array ?? []
            #expect(Set(containers.compactMap { $0["name"]?.string }) == ["app", "sidecar"])
        }

        @Test func appliesAListOfOperationsOrNoneOfThem() async throws {
            let space = try await ContractNamespace()
            try await space.make("a")
            let good: JSONValue = [["op": "replace", "path": "/data/value", "value": "2"]]
            let path = space.configMaps("a")
            #expect(try await space.patch(path, good, "json-patch+json").json["data"] == ["value": "2"])
            let bad: JSONValue = [
                ["op": "replace", "path": "/data/value", "value": "3"], ["op": "remove", "path": "/data/missing"],
            ]
            #expect(try await space.patch(path, bad, "json-patch+json").status == 422)
            #expect(try await space.api.send(.get, path).json["data"] == ["value": "2"])
        }

        @Test func wantsAManagerWhereSomethingIsApplied() async throws {
            let space = try await ContractNamespace()
            let object: JSONValue = ["apiVersion": "v1", "kind": "ConfigMap", "metadata": ["name": "a"]]
            let answer = try await space.patch(space.configMaps("a"), object, "apply-patch+yaml")
            #expect(answer.status == 422)
        }

        @Test func createsAndOwnsWhatIsApplied() async throws {
            let space = try await ContractNamespace()
            let made = try await apply(space, ["x": "1"], by: "m1")
            #expect(made.status == 201)
            let entry = try made.json[path: "metadata", "managedFields"]?[0]
            #expect(entry?["manager"] == "m1" && entry?["operation"] == "Apply" && entry?["apiVersion"] == "v1")
            #expect(entry?["fieldsType"] == "FieldsV1")
            #expect(entry?["fieldsV1"] == ["f:data": ["f:x": Self.none]])
            #expect(try await apply(space, ["x": "1"], by: "m1").status == 200)
        }

        @Test func refusesToTakeWhatAnotherApplied() async throws {
            let space = try await ContractNamespace()
            _ = try await apply(space, ["x": "1"], by: "m2")
            let answer = try await apply(space, ["x": "2"], by: "m1")
            #expect(answer.status == 409)
            #expect(try answer.reason == "Conflict")
            #expect(
                try answer.json[path: "details", "causes"] == [
                    ["reason": "FieldManagerConflict", "message": "conflict with \"m2\"", "field": ".data.x"]
                ]
            )
            #expect(try await apply(space, ["x": "2"], by: "m1", force: true).status == 200)
        }

        @Test func saysInWhichVersionAnOwnerUpdated() async throws {
            let space = try await ContractNamespace()
            try await space.make("a", data: ["x": "1"])
            let answer = try await apply(space, ["x": "2"], by: "m1")
            #expect(answer.status == 409)
            let cause = try answer.json[path: "details", "causes"]?[0]
            #expect(cause?["message"] == "conflict with \"contract\" using v1")
        }

        @Test func letsTwoOwnTheSameValue() async throws {
            let space = try await ContractNamespace()
            _ = try await apply(space, ["x": "1"], by: "m1")
            #expect(try await apply(space, ["x": "1"], by: "m2").status == 200)
        }

        @Test func removesWhatItsOnlyOwnerNoLongerApplies() async throws {
            let space = try await ContractNamespace()
            _ = try await apply(space, ["x": "1", "y": "1"], by: "m1")
            _ = try await apply(space, ["y": "1"], by: "m2")
            let answer = try await apply(space, ["z": "1"], by: "m1").json
            #expect(answer["data"] == ["y": "1", "z": "1"])
        }

        @Test func refusesAVersionThatHasGone() async throws {
            let space = try await ContractNamespace()
            try await space.make("a")
            let patch: JSONValue = ["metadata": ["resourceVersion": "1"], "data": ["value": "2"]]
            let answer = try await space.patch(space.configMaps("a"), patch)
            #expect(answer.status == 409)
        }

        @Test func refusesUnknownFieldsToTheStrict() async throws {
            let space = try await ContractNamespace()
            var object = space.workload()
            object[path: "spec", "bogus"] = 1
            let strict = try await space.api.send(.post, "\(space.deployments())?fieldValidation=Strict", object)
            #expect(strict.status == 400)
            #expect(try strict.message.hasSuffix("strict decoding error: unknown field \"spec.bogus\""))
            let warned = try await space.api.send(.post, space.deployments(), object)
            #expect(warned.status == 201)
            #expect(warned.warnings == ["299 - \"unknown field \\\"spec.bogus\\\"\""])
            #expect(try warned.json[path: "spec", "bogus"] == nil)
        }

        @Test func wantsSixDigitsInTheTimesOfALease() async throws {
            let space = try await ContractNamespace()
            let path = space.path("/apis/coordination.k8s.io/v1", "leases")
            for (time, status) in [("2026-11-23T22:30:00Z", 400), ("2026-11-23T22:30:00.123456Z", 201)] {
                let lease: JSONValue = ["metadata": ["name": "l"], "spec": ["renewTime": .string(time)]]
                #expect(try await space.api.send(.post, path, lease).status == status, "\(time)")
            }
        }
    }
}
