import HTTPTypes
import JSON
import Kubernetes
import Platform
import Sandbox
import TestSupport
import Testing

/// Tokens of service accounts, reviews of access, and evictions.
@Suite(.timeLimit(.minutes(1))) struct ServiceAccountTests {
    private let fixture = APIFixture()
    private let accounts = "/api/v1/namespaces/test/serviceaccounts"
    private let reviews = "/apis/authorization.k8s.io/v1"

    private func makeToken() async throws -> String {
        _ = await fixture.send(.post, accounts, ["metadata": ["name": "reader"]])
        let answer = await fixture.send(.post, "\(accounts)/reader/token", ["spec": ["expirationSeconds": 600]])
        #expect(answer.status == 201)
        return try #require(try answer.json[path: "status", "token"]?.string)
    }

    private func allowReading() {
        let group = "rbac.authorization.k8s.io"
        fixture.cluster.put(
            ResourceType(group: group, version: "v1", plural: "roles", kind: "Role"),
            [
                "metadata": ["name": "reader", "namespace": "test"],
                "rules": [["apiGroups": [""], "resources": ["configmaps"], "verbs": ["list"]]],
            ]
        )
        fixture.cluster.put(
            ResourceType(group: group, version: "v1", plural: "rolebindings", kind: "RoleBinding"),
            [
                "metadata": ["name": "reader", "namespace": "test"],
                "roleRef": ["kind": "Role", "name": "reader"],
                "subjects": [["kind": "ServiceAccount", "name": "reader", "namespace": "test"]],
            ]
        )
    }

    @Test func givesATokenThatTheRolesAreInForceFor() async throws {
        let token = try await makeToken()
        let before = await fixture.send(.get, configMaps, token: token)
        #expect(before.status == 403)
        #expect(
            try before.message == """
                configmaps is forbidden: User "system:serviceaccount:test:reader" cannot list resource "configmaps" in \
                API group "" in the namespace "test"
                """
        )
        allowReading()
        #expect(await fixture.send(.get, configMaps, token: token).status == 200)
        #expect(await fixture.send(.delete, "\(configMaps)/a", token: token).status == 403)
    }

    @Test func takesATokenOnlyForItsTime() async throws {
        let token = try await makeToken()
        fixture.clock.advance(by: .seconds(599))
        #expect(await fixture.send(.get, configMaps, token: token).status == 403)
        fixture.clock.advance(by: .seconds(1))
        #expect(await fixture.send(.get, configMaps, token: token).status == 401)
    }

    @Test func takesNoTokenOfAnAccountThatIsGone() async throws {
        let token = try await makeToken()
        _ = await fixture.send(.delete, "\(accounts)/reader")
        #expect(await fixture.send(.get, configMaps, token: token).status == 401)
    }

    @Test func refusesAShortLife() async throws {
        _ = await fixture.send(.post, accounts, ["metadata": ["name": "reader"]])
        let answer = await fixture.send(.post, "\(accounts)/reader/token", ["spec": ["expirationSeconds": 60]])
        #expect(answer.status == 422)
        #expect(try answer.message?.contains("may not specify a duration less than 10 minutes") == true)
    }

    @Test func saysWhoseATokenIs() async throws {
        let token = try await makeToken()
        let path = "/apis/authentication.k8s.io/v1/tokenreviews"
        let known = try await fixture.send(.post, path, ["spec": ["token": .string(token)]]).json
        #expect(known[path: "status", "authenticated"] == true)
        #expect(known[path: "status", "user", "username"] == "system:serviceaccount:test:reader")
        let unknown = try await fixture.send(.post, path, ["spec": ["token": "nobody"]]).json
        #expect(unknown[path: "status", "authenticated"] == false)
        #expect(await fixture.send(.post, path, ["spec": ["token": "x"]], token: "bob").status == 403)
    }

    @Test func answersWhatAnotherMayDo() async throws {
        allowReading()
        let ask = { (verb: String) -> JSONValue in
            [
                "spec": [
                    "user": "system:serviceaccount:test:reader",
                    "resourceAttributes": ["namespace": "test", "verb": .string(verb), "resource": "configmaps"],
                ]
            ]
        }
        for path in ["\(reviews)/subjectaccessreviews", "\(reviews)/namespaces/test/localsubjectaccessreviews"] {
            let may = try await fixture.send(.post, path, ask("list")).json
            #expect(may[path: "status", "allowed"] == true)
            let mayNot = try await fixture.send(.post, path, ask("delete")).json
            #expect(mayNot[path: "status", "allowed"] == false)
            #expect(await fixture.send(.post, path, ask("list"), token: "bob").status == 403)
        }
    }

    @Test func listsWhatOneMayDo() async throws {
        allowReading()
        let token = try await makeToken()
        let answer = await fixture.send(
            .post,
            "\(reviews)/selfsubjectrulesreviews",
            ["spec": ["namespace": "test"]],
            token: token
        )
        #expect(answer.status == 201)
        #expect(
            try answer.json[path: "status", "resourceRules"] == [
                ["apiGroups": [""], "resources": ["configmaps"], "verbs": ["list"]]
            ]
        )
    }

    @Test func evictsAPodUnlessItsBudgetForbidsThat() async throws {
        let pod: JSONValue = ["metadata": ["name": "p", "namespace": "test", "labels": ["app": "a"]]]
        fixture.cluster.put(.pods, pod)
        let budget: JSONValue = [
            "metadata": ["name": "b", "namespace": "test"], "spec": ["selector": ["matchLabels": ["app": "a"]]],
            "status": ["disruptionsAllowed": 0, "desiredHealthy": 1, "currentHealthy": 1],
        ]
        fixture.cluster.put(.podDisruptionBudgets, budget)
        let path = "/api/v1/namespaces/test/pods/p/eviction"
        let eviction: JSONValue = ["apiVersion": "policy/v1", "kind": "Eviction", "metadata": ["name": "p"]]
        let refused = await fixture.send(.post, path, eviction)
        #expect(refused.status == 429)
        #expect(try refused.message == "Cannot evict pod as it would violate the pod's disruption budget.")
        fixture.cluster.modify(.podDisruptionBudgets, ObjectKey(namespace: "test", name: "b")) { object in
            object[path: "status", "disruptionsAllowed"] = 1
        }
        #expect(await fixture.send(.post, path, eviction).status == 201)
        #expect(fixture.cluster.objects(.pods).isEmpty)
    }
}
