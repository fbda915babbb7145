import HTTPTypes
import JSON
import Kubernetes
import Testing

extension KubeAPIContract {
    /// Creating, reading and replacing.
    @Suite(.timeLimit(.minutes(1))) struct Objects {
        @Test func handsOutIdentityAndVersion() async throws {
            let space = try await ContractNamespace()
            let object = try await space.make("a")
            #expect(!object.uid.isEmpty && !object.resourceVersion.isEmpty)
            #expect(object[path: "metadata", "creationTimestamp"]?.string?.hasSuffix("Z") == true)
            #expect(object.namespace == space.name)
            let read = try await space.api.send(.get, space.configMaps("a"))
            #expect(read.status == 200)
            #expect(try read.json == object)
        }

        @Test func saysWhatIsNotThereAndWhatIsTaken() async throws {
            let space = try await ContractNamespace()
            let missing = try await space.api.send(.get, space.configMaps("a"))
            #expect(missing.status == 404)
            #expect(try missing.reason == "NotFound")
            #expect(try missing.message == "configmaps \"a\" not found")
            #expect(try missing.json["details"] == ["name": "a", "kind": "configmaps"])
            try await space.make("a")
            let taken = try await space.api.send(.post, space.configMaps(), ["metadata": ["name": "a"]])
            #expect(taken.status == 409)
            #expect(try taken.reason == "AlreadyExists")
            #expect(try taken.message == "configmaps \"a\" already exists")
        }

        @Test func generatesNames() async throws {
            let space = try await ContractNamespace()
            let prefix = String(repeating: "p", count: 70)
            let body: JSONValue = ["metadata": ["generateName": .string(prefix)]]
            let name = try await space.api.send(.post, space.configMaps(), body).json.name
            #expect(name.hasPrefix(String(prefix.prefix(58))))
            #expect(name.count == 63)
        }

        @Test func refusesToCreateAVersion() async throws {
            let space = try await ContractNamespace()
            let body: JSONValue = ["metadata": ["name": "a", "resourceVersion": "1"]]
            #expect(try await space.api.send(.post, space.configMaps(), body).status == 500)
        }

        @Test func replacesOnlyTheVersionThatWasRead() async throws {
            let space = try await ContractNamespace()
            var object = try await space.make("a")
            object["data"] = ["value": "2"]
            let path = space.configMaps("a")
            #expect(try await space.api.send(.put, path, object).status == 200)
            let late = try await space.api.send(.put, path, object)
            #expect(late.status == 409)
            #expect(try late.reason == "Conflict")
            #expect(
                try late.message == """
                    Operation cannot be fulfilled on configmaps "a": the object has been modified; please apply your \
                    changes to the latest version and try again
                    """
            )
            object[path: "metadata", "resourceVersion"] = nil
            object["data"] = ["value": "3"]
            #expect(try await space.api.send(.put, path, object).status == 200)
        }

        @Test func leavesAnObjectAloneThatAWriteDoesNotChange() async throws {
            let space = try await ContractNamespace()
            let object = try await space.make("a")
            let again = try await space.api.send(.put, space.configMaps("a"), object)
            #expect(again.status == 200)
            #expect(try again.json.resourceVersion == object.resourceVersion)
        }

        @Test func raisesTheGenerationWithTheSpecAlone() async throws {
            let space = try await ContractNamespace()
            let made = try await space.api.send(.post, space.deployments(), space.workload()).json
            #expect(made.generation == 1)
            let path = space.deployments("web")
            let labelled = try await space.patch(path, ["metadata": ["labels": ["a": "b"]]]).json
            #expect(labelled.generation == 1)
            let scaled = try await space.patch(path, ["spec": ["replicas": 3]]).json
            #expect(scaled.generation == 2)
        }

        @Test func keepsStatusAndSpecApart() async throws {
            let space = try await ContractNamespace()
            _ = try await space.api.send(.post, space.deployments(), space.workload())
            let path = space.deployments("web")
            let main = try await space.patch(path, ["status": ["observedGeneration": 99]]).json
            #expect(main[path: "status", "observedGeneration"] != 99)
            let change: JSONValue = ["metadata": ["labels": ["x": "y"]], "spec": ["replicas": 9]]
            let status = try await space.patch("\(path)/status", change).json
            #expect(status[path: "spec", "replicas"] == 2)
            #expect(status[path: "metadata", "labels", "x"] == nil)
        }

        @Test func scalesThroughASubresource() async throws {
            let space = try await ContractNamespace()
            _ = try await space.api.send(.post, space.deployments(), space.workload())
            let path = "\(space.deployments("web"))/scale"
            let scale = try await space.api.send(.get, path).json
            #expect(scale["kind"] == "Scale" && scale["apiVersion"] == "autoscaling/v1")
            #expect(scale[path: "spec", "replicas"] == 2)
            let scaled = try await space.patch(path, ["spec": ["replicas": 4]])
            #expect(scaled.status == 200)
            let object = try await space.api.send(.get, space.deployments("web")).json
            #expect(object[path: "spec", "replicas"] == 4)
            #expect(object.generation == 2)
        }

        @Test func storesNothingInADryRun() async throws {
            let space = try await ContractNamespace()
            let body: JSONValue = ["metadata": ["name": "a"]]
            let answer = try await space.api.send(.post, "\(space.configMaps())?dryRun=All", body)
            #expect(answer.status == 201)
            #expect(try await space.api.send(.get, space.configMaps("a")).status == 404)
        }

        @Test func answersUnknownPathsInPlainText() async throws {
            let space = try await ContractNamespace()
            let answer = try await space.api.send(.get, "/apis/nothing.example.com/v1/things")
            #expect(answer.status == 404)
            #expect(answer.text == "404 page not found\n")
        }
    }
}
