import HTTPTypes
import JSON
import Kubernetes
import Platform
import Testing

extension KubeAPIContract {
    /// The project's own client, and what users may do.
    @Suite(.timeLimit(.minutes(1))) struct Client {
        @Test func readsWritesAndDeletes() async throws {
            let space = try await ContractNamespace()
            let client = space.api.client
            let key = ObjectKey(namespace: space.name, name: "a")
            let body: JSONValue = ["metadata": ["name": "a"], "data": ["value": "1"]]
            let made = try await client.create(.configMaps, body, namespace: space.name)
            #expect(try await client.get(.configMaps, key).uid == made.uid)
            let patched = try await client.patch(.configMaps, key, .merge(["data": ["value": "2"]]), subresource: nil)
            #expect(patched["data"] == ["value": "2"])
            var update = patched
            update["data"] = ["value": "3"]
            let updated = try await client.update(.configMaps, key, update, subresource: nil)
            #expect(updated["data"] == ["value": "3"])
            let list = try await client.list(.configMaps, namespace: space.name, labelSelector: nil)
            #expect(list.items.contains { $0.name == "a" && $0["kind"] == "ConfigMap" })
            try await client.delete(.configMaps, key)
            let error = await #expect(throws: KubernetesError.self) { try await client.get(.configMaps, key) }
            #expect(error?.isNotFound == true)
        }

        @Test func keepsTheReasonOfARefusal() async throws {
            let space = try await ContractNamespace()
            let client = space.api.client
            let key = ObjectKey(namespace: space.name, name: "a")
            var object = try await space.make("a")
            _ = try await space.patch(space.configMaps("a"), ["data": ["value": "2"]])
            object["data"] = ["value": "3"]
            let late = object
            let error = await #expect(throws: KubernetesError.self) {
                try await client.update(.configMaps, key, late, subresource: nil)
            }
            #expect(error?.isConflict == true)
            #expect(error?.reason == "Conflict")
        }

        @Test func watchesFromAList() async throws {
            let space = try await ContractNamespace()
            let client = space.api.client
            let list = try await client.list(.configMaps, namespace: space.name, labelSelector: nil)
            let watch = try await client.watch(
                .configMaps,
                namespace: space.name,
                resourceVersion: list.resourceVersion
            )
            try await space.make("a")
            for try await event in watch {
                guard case .added(let object) = event, object.name == "a" else { continue }
                #expect(object["data"] == ["value": "1"])
                return
            }
            Issue.record("the watch ended before it told of the object")
        }

        @Test func answersWhatOneMayDo() async throws {
            let space = try await ContractNamespace()
            let ask = { (user: String) -> JSONValue in
                [
                    "apiVersion": "authorization.k8s.io/v1", "kind": "SubjectAccessReview",
                    "spec": [
                        "user": .string(user),
                        "resourceAttributes": ["namespace": .string(space.name), "verb": "get", "resource": "pods"],
                    ],
                ]
            }
            let path = "/apis/authorization.k8s.io/v1/subjectaccessreviews"
            let nobody = try await space.api.send(.post, path, ask("nobody"))
            #expect(nobody.status == 201)
            #expect(try nobody.json[path: "status", "allowed"] == false)
            let group = "rbac.authorization.k8s.io"
            let role: JSONValue = [
                "metadata": ["name": "reader"],
                "rules": [["apiGroups": [""], "resources": ["pods"], "verbs": ["get"]]],
            ]
            let binding: JSONValue = [
                "metadata": ["name": "reader"],
                "roleRef": ["apiGroup": .string(group), "kind": "Role", "name": "reader"],
                "subjects": [["apiGroup": .string(group), "kind": "User", "name": "somebody"]],
            ]
            for (plural, object) in [("roles", role), ("rolebindings", binding)] {
                let made = try await space.api.send(.post, space.path("/apis/\(group)/v1", plural), object)
                #expect(made.status == 201, "\(made.text)")
            }
            // A server learns of roles by its own watches.
            let clock = SystemClock()
            let end = clock.now() + .seconds(10)
            while try await space.api.send(.post, path, ask("somebody")).json[path: "status", "allowed"] != true {
                try #require(clock.now() < end, "the role is not in force")
                try await clock.sleep(for: .milliseconds(50))
            }
        }

        @Test func refusesWhatOneMayNotDo() async throws {
            let space = try await ContractNamespace()
            var fields: HTTPFields = [:]
            fields[try #require(HTTPField.Name("Impersonate-User"))] = "nobody"
            let answer = try await space.api.send(.get, space.configMaps(), fields: fields)
            #expect(answer.status == 403)
            #expect(
                try answer.message == """
                    configmaps is forbidden: User "nobody" cannot list resource "configmaps" in API group "" in the \
                    namespace "\(space.name)"
                    """
            )
        }
    }
}
