import HTTP
import HTTPTypes
import JSON
import Kubernetes
import Platform
import TestSupport
import Testing

/// Reviews over TLS to the running server, byte for byte as an API server sends them.
@Suite(.cluster, .timeLimit(.minutes(2))) struct ReviewTests {
    private static let gate = "/mutate/deployments"
    private static let fixture = "Tests/IntegrationTests/Fixtures/deployment-update/review.json"

    private func fixture() throws -> JSONValue { try JSONValue(parsing: RepositoryFiles.text(Self.fixture)) }

    private func send(
        _ path: String,
        method: HTTPRequest.Method = .post,
        contentType: String? = "application/json",
        _ body: [UInt8]
    ) async throws -> (status: Int, fields: HTTPFields, body: JSONValue) {
        let cluster = try #require(TestCluster.current)
        var fields = HTTPFields()
        fields[.contentType] = contentType
        let response = try await cluster.webhooks.send(
            ClientRequest(method: method, path: path, headerFields: fields, body: body)
        )
        let bytes = try await response.body.collect(upTo: 1 << 20)
        return (response.head.status.code, response.head.headerFields, try JSONValue(parsing: bytes))
    }

    private func expectStatus(_ answer: JSONValue, _ code: Int, _ reason: String, _ message: String) {
        #expect(
            answer == [
                "kind": "Status", "apiVersion": "v1", "metadata": [:], "status": "Failure",
                "message": .string(message), "reason": .string(reason), "code": .number(JSONNumber(code)),
            ]
        )
    }

    @Test(arguments: ["admission.k8s.io/v1", "admission.k8s.io/v1beta1"])
    func answersInTheVersionOfTheReview(version: String) async throws {
        var review = try fixture()
        review["apiVersion"] = .string(version)
        review[path: "request", "namespace"] = "elsewhere"
        let answer = try await send(Self.gate, review.serialized)
        #expect(answer.status == 200)
        #expect(answer.fields[.contentType] == "application/json")
        #expect(
            answer.body == [
                "apiVersion": .string(version), "kind": "AdmissionReview",
                "response": ["uid": "3ab5e21e-0a2c-4f0e-8a64-6f2a5b1c9d37", "allowed": true],
            ]
        )
    }

    @Test func gatesWhatSetImageSends() async throws {
        let cluster = try #require(TestCluster.current)
        try await cluster.makeNamespace("review")
        var canary = try #require(try RepositoryFiles.documents("manifests/examples/canary.yaml").first)
        canary[path: "metadata", "namespace"] = "review"
        canary[path: "metadata", "annotations"] = ["canarygate.dev/break-glass": "a status by hand"]
        canary[path: "spec", "suspend"] = true
        _ = try await cluster.api.create(.canaries, canary, namespace: "review")
        let key = ObjectKey(namespace: "review", name: "podinfo")
        let status: JSONValue = ["status": ["phase": "Succeeded", "lastPromotedSpec": "0123456789"]]
        _ = try await cluster.api.patch(.canaries, key, .merge(status), subresource: "status")

        var text = try RepositoryFiles.text(Self.fixture)
        #expect((8_000...11_000).contains(text.utf8.count))
        text = text.replacing(#""namespace":"test""#, with: #""namespace":"review""#)
        // The server sees the Canary a moment later than we do.
        for _ in 0..<500 {
            let answer = try await send(Self.gate, Array(text.utf8))
            let response = try #require(answer.body["response"])
            guard let patch = response["patch"]?.string else { continue }
            #expect(response["uid"] == "3ab5e21e-0a2c-4f0e-8a64-6f2a5b1c9d37")
            #expect(response["allowed"] == true)
            #expect(response["patchType"] == "JSONPatch")
            #expect(response["warnings"]?.array?.count == 1)
            let operations = try JSONValue(parsing: try #require(Base64.decode(patch)))
            #expect(
                operations.array?.map { $0["path"]?.string ?? "" } == [
                    "/metadata/labels/canarygate.dev~1managed",
                    "/metadata/annotations/canarygate.dev~1revision", "/metadata/annotations/canarygate.dev~1gate",
                    "/metadata/annotations/canarygate.dev~1change",
                    "/metadata/annotations/canarygate.dev~1requested-by",
                    "/metadata/annotations/canarygate.dev~1requested-at", "/spec/paused",
                ]
            )
            #expect(operations[3]?["value"] == "podinfod: stefanprodan/podinfo:3.1.0 -> 3.1.1")
            #expect(operations[4]?["value"] == "ada")
            return try await cluster.api.delete(.namespaces, ObjectKey(namespace: nil, name: "review"))
        }
        Issue.record("the gate does not know the Canary")
    }

    @Test(arguments: [
        ("UPDATE", "apps", "StatefulSet", "statefulsets"), ("DELETE", "apps", "Deployment", "deployments"),
        ("CONNECT", "", "Pod", "pods"),
    ])
    func allowsWhatItDoesNotKnow(operation: String, group: String, kind: String, resource: String) async throws {
        let paths = [
            Self.gate, "/mutate/canaries", "/validate/canaries", "/mutate/metrictemplates",
            "/validate/metrictemplates", "/mutate/alertproviders", "/validate/alertproviders", "/validate/httpproxies",
            "/validate/owned",
        ]
        var review = try fixture()
        review[path: "request", "operation"] = .string(operation)
        review[path: "request", "kind"] = ["group": .string(group), "version": "v1", "kind": .string(kind)]
        review[path: "request", "resource"] = ["group": .string(group), "version": "v1", "resource": .string(resource)]
        review[path: "request", "object"] = .null
        for path in paths {
            let answer = try await send(path, review.serialized)
            let expected: JSONValue = ["uid": "3ab5e21e-0a2c-4f0e-8a64-6f2a5b1c9d37", "allowed": true]
            #expect(answer.body["response"] == expected, "\(path)")
        }
    }

    @Test func takesPOSTAlone() async throws {
        let answer = try await send(Self.gate, method: .get, contentType: nil, [])
        #expect(answer.status == 405)
        #expect(answer.fields[.allow] == "POST")
        expectStatus(answer.body, 405, "MethodNotAllowed", "a review is sent with POST")
    }

    @Test(arguments: ["application/yaml", "text/plain", "application/vnd.kubernetes.protobuf", nil])
    func takesJSONAlone(contentType: String?) async throws {
        let answer = try await send(Self.gate, contentType: contentType, Array("{}".utf8))
        #expect(answer.status == 415)
        expectStatus(answer.body, 415, "UnsupportedMediaType", "a review is sent as application/json")
    }

    @Test func takesTheAPIServersTimeoutInTheQuery() async throws {
        let review = Array(try RepositoryFiles.text(Self.fixture).utf8)
        #expect(try await send("\(Self.gate)?timeout=5s", review).status == 200)
    }

    @Test func takesACharset() async throws {
        let review = Array(try RepositoryFiles.text(Self.fixture).utf8)
        let answer = try await send(Self.gate, contentType: "application/json; charset=utf-8", review)
        #expect(answer.status == 200)
    }

    @Test(arguments: [
        ("", "decode AdmissionReview: "), ("{", "decode AdmissionReview: "),
        ("[]", "decode AdmissionReview kind: missing, expected AdmissionReview"),
        (#"{"kind":"Pod"}"#, #"decode AdmissionReview kind: "Pod", expected AdmissionReview"#),
        (
            #"{"kind":"AdmissionReview","apiVersion":"admission.k8s.io/v2"}"#,
            #"decode AdmissionReview apiVersion: "admission.k8s.io/v2", expected admission.k8s.io/v1 or "#
        ),
        (
            #"{"kind":"AdmissionReview","apiVersion":"admission.k8s.io/v1"}"#,
            "decode AdmissionReview request: missing, expected an object"
        ),
    ])
    func refusesWhatIsNoReview(body: String, message: String) async throws {
        let answer = try await send(Self.gate, Array(body.utf8))
        #expect(answer.status == 400)
        #expect(answer.body["reason"] == "BadRequest")
        #expect(answer.body["message"]?.string?.hasPrefix(message) == true, "\(answer.body)")
    }

    @Test(arguments: ["/", "/mutate", "/mutate/deployments/", "/validate/pods"])
    func knowsNoOtherPath(path: String) async throws {
        let answer = try await send(path, Array(try RepositoryFiles.text(Self.fixture).utf8))
        #expect(answer.status == 404)
        expectStatus(answer.body, 404, "NotFound", "no webhook is registered at this path")
    }

    @Test func takesEightMebibytesAndNoMore() async throws {
        let cluster = try #require(TestCluster.current)
        let text = try RepositoryFiles.text(Self.fixture)
        let limit = 8 << 20
        for (size, status) in [(limit, 200), (limit + 1, 413)] {
            let body = Array(text.utf8) + [UInt8](repeating: UInt8(ascii: " "), count: size - text.utf8.count)
            let response = try await cluster.webhooks.send(
                ClientRequest(
                    method: .post,
                    path: Self.gate,
                    headerFields: [.contentType: "application/json"],
                    body: body
                )
            )
            #expect(response.head.status.code == status)
            _ = try await response.body.collect(upTo: 1 << 20)
        }
    }
}
