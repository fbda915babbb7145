import HTTP
import HTTPTypes
import JSON
import Kubernetes
import Sandbox
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1))) struct AccessTests {
    private let fixture = APIFixture()

    private func grant(_ rules: JSONValue, to subject: JSONValue, namespace: String? = "test") async {
        let group = "/apis/rbac.authorization.k8s.io/v1"
        let scope = namespace.map { "/namespaces/\($0)" } ?? ""
        let kind = namespace == nil ? "ClusterRole" : "Role"
        let plural = namespace == nil ? "clusterroles" : "roles"
        let role: JSONValue = ["metadata": ["name": "r"], "rules": rules]
        let binding: JSONValue = [
            "metadata": ["name": "b"], "subjects": [subject],
            "roleRef": ["apiGroup": "rbac.authorization.k8s.io", "kind": .string(kind), "name": "r"],
        ]
        let first = await fixture.send(.post, "\(group)\(scope)/\(plural)", role)
        let second = await fixture.send(
            .post,
            "\(group)\(scope)/\(plural.replacing("roles", with: "rolebindings"))",
            binding
        )
        #expect(first.status == 201 && second.status == 201)
    }

    private static let bob: JSONValue = ["kind": "User", "name": "bob"]

    private func status(_ method: HTTPRequest.Method, _ path: String, token: String = "bob") async -> Int {
        let body: JSONValue? = method == .get ? nil : ["metadata": ["name": "x"]]
        return await fixture.send(method, path, body, token: token).status
    }

    @Test(arguments: [nil, "wrong"]) func refusesUnknownCredentials(token: String?) async throws {
        let answer = await fixture.send(.get, configMaps, token: token)
        #expect(answer.status == 401)
        #expect(try answer.json["reason"] == "Unauthorized")
        #expect(try answer.message == "Unauthorized")
    }

    @Test func takesTheClientCertificatesNameAndOrganizations() async {
        let head = HTTPRequest(method: .get, scheme: nil, authority: nil, path: configMaps)
        let masters = ServerRequest(head: head, clientCommonName: "a", clientOrganizations: ["system:masters"])
        #expect(await fixture.server.response(to: masters).head.status == .ok)
        let others = ServerRequest(head: head, clientCommonName: "a", clientOrganizations: ["others"])
        #expect(await fixture.server.response(to: others).head.status == .forbidden)
    }

    @Test(
        arguments: [
            (
                "/apis/apps/v1/namespaces/test/deployments/podinfo",
                "deployments.apps \"podinfo\" is forbidden: User \"bob\" cannot get resource \"deployments\" "
                    + "in API group \"apps\" in the namespace \"test\""
            ),
            (
                "/api/v1/nodes",
                "nodes is forbidden: User \"bob\" cannot list resource \"nodes\" in API group \"\" at the cluster scope"
            ),
            (
                "/apis/apps/v1/namespaces/test/deployments/podinfo/scale",
                "deployments.apps \"podinfo\" is forbidden: User \"bob\" cannot get resource \"deployments/scale\" "
                    + "in API group \"apps\" in the namespace \"test\""
            ), ("/metrics", "forbidden: User \"bob\" cannot get path \"/metrics\""),
        ]
    )
    func refusesInTheWordsOfTheRealServer(path: String, message: String) async throws {
        let answer = await fixture.send(.get, path, token: "bob")
        #expect(answer.status == 403)
        #expect(try answer.message == message)
        #expect(try answer.json["reason"] == "Forbidden")
    }

    @Test func allowsWhatARoleNamesInItsNamespaceOnly() async {
        await grant([["apiGroups": [""], "resources": ["configmaps"], "verbs": ["get", "list"]]], to: Self.bob)
        #expect(await status(.get, configMaps) == 200)
        #expect(await status(.post, configMaps) == 403)
        #expect(await status(.get, "/api/v1/namespaces/test/secrets") == 403)
        #expect(await status(.get, "/api/v1/namespaces/default/configmaps") == 403)
        #expect(await status(.get, "/api/v1/configmaps") == 403)
    }

    @Test func allowsWhatAClusterRoleNamesEverywhere() async {
        await grant(
            [["apiGroups": ["*"], "resources": ["*"], "verbs": ["*"]]],
            to: ["kind": "Group", "name": "team"],
            namespace: nil
        )
        #expect(await status(.get, "/api/v1/configmaps") == 200)
        #expect(await status(.post, "/api/v1/namespaces/default/configmaps") == 201)
        #expect(await status(.get, configMaps, token: "robot") == 403)
    }

    @Test func tellsASubresourceFromItsObject() async {
        fixture.cluster.put(.deployments, podinfo())
        await grant([["apiGroups": ["apps"], "resources": ["deployments/scale"], "verbs": ["get"]]], to: Self.bob)
        #expect(await status(.get, "\(deployments)/podinfo/scale") == 200)
        #expect(await status(.get, "\(deployments)/podinfo") == 403)
    }

    @Test func keepsToResourceNames() async {
        fixture.cluster.put(.configMaps, configMap("a"))
        fixture.cluster.put(.configMaps, configMap("b"))
        await grant(
            [["apiGroups": [""], "resources": ["configmaps"], "resourceNames": ["a"], "verbs": ["get", "list"]]],
            to: ["kind": "ServiceAccount", "name": "robot", "namespace": "test"]
        )
        #expect(await status(.get, "\(configMaps)/a", token: "robot") == 200)
        #expect(await status(.get, "\(configMaps)/b", token: "robot") == 403)
        #expect(await status(.get, configMaps, token: "robot") == 403)
    }

    @Test(arguments: [("bob", false), ("root", true)]) func answersCanI(token: String, isAllowed: Bool) async throws {
        let review: JSONValue = [
            "kind": "SelfSubjectAccessReview", "apiVersion": "authorization.k8s.io/v1",
            "spec": ["resourceAttributes": ["namespace": "test", "verb": "create", "resource": "pods"]],
        ]
        let path = "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews"
        let answer = await fixture.send(.post, path, review, token: token)
        #expect(answer.status == 201)
        #expect(try answer.json[path: "status", "allowed"]?.bool == isAllowed)
    }

    @Test func readsTheProtobufOfCanI() async throws {
        let attributes: [UInt8] = field(1, "test") + field(2, "list") + field(3, "") + field(5, "pods")
        let review = field(1, field(1, "")) + field(2, field(1, attributes))
        let type = field(1, "authorization.k8s.io/v1") + field(2, "SelfSubjectAccessReview")
        let body = Array("k8s\0".utf8) + field(1, type) + field(2, review)
        let path = "/apis/authorization.k8s.io/v1/selfsubjectaccessreviews"
        let answer = await fixture.send(.post, path, bytes: body, "application/vnd.kubernetes.protobuf")
        #expect(answer.status == 201)
        let expected: JSONValue = ["namespace": "test", "verb": "list", "resource": "pods"]
        #expect(try answer.json[path: "spec", "resourceAttributes"] == expected)
        #expect(try answer.json[path: "status", "allowed"] == true)
    }

    private func field(_ number: UInt8, _ text: String) -> [UInt8] { field(number, Array(text.utf8)) }

    private func field(_ number: UInt8, _ bytes: [UInt8]) -> [UInt8] {
        [number << 3 | 2, UInt8(bytes.count)] + bytes
    }

    @Test func actsForAnotherOnlyWhereThatIsAllowed() async throws {
        let name = try #require(HTTPField.Name("Impersonate-User"))
        let path = "/apis/authentication.k8s.io/v1/selfsubjectreviews"
        let review: JSONValue = ["kind": "SelfSubjectReview", "apiVersion": "authentication.k8s.io/v1"]
        let asBob = await fixture.send(.post, path, review, fields: [name: "bob"])
        #expect(try asBob.json[path: "status", "userInfo", "username"] == "bob")
        #expect(try asBob.json[path: "status", "userInfo", "groups"] == ["system:authenticated"])
        let asRoot = await fixture.send(.post, path, review, token: "bob", fields: [name: "admin"])
        #expect(asRoot.status == 403)
    }
}
