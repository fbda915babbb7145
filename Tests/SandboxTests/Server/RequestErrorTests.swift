import HTTPTypes
import JSON
import Kubernetes
import Sandbox
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1))) struct RequestErrorTests {
    private let fixture = APIFixture()

    private func check(_ answer: APIAnswer, _ code: Int, _ reason: String, _ message: String) throws {
        #expect(answer.status == code)
        #expect(try answer.json["kind"] == "Status")
        #expect(try answer.json["code"]?.int == code)
        #expect(try answer.json["reason"]?.string == reason)
        #expect(try answer.message == message)
    }

    @Test(
        arguments: [
            "/apis/apps/v1/namespaces/test/deployments/podinfo/bananas",
            "/api/v1/namespaces/test/nodes", "/apis/apps/v1/deployments/podinfo",
        ]
    )
    func answersForWhatIsNotServed(path: String) async throws {
        let answer = await fixture.send(.get, path)
        try check(answer, 404, "NotFound", "the server could not find the requested resource")
    }

    @Test func answersForAKindThatIsNotServedInPlainText() async {
        let answer = await fixture.send(.get, "/api/v1/namespaces/test/bananas")
        #expect(answer.status == 404)
        #expect(answer.text == "404 page not found\n")
    }

    @Test(
        arguments: [
            (HTTPRequest.Method.put, configMaps), (.patch, configMaps), (.post, "\(configMaps)/a"),
            (.post, "/api/v1/configmaps"), (.delete, "/api/v1/configmaps"), (.post, "\(deployments)/podinfo/scale"),
            (.options, configMaps),
        ]
    )
    func answersForMethodsThatDoNotFit(method: HTTPRequest.Method, path: String) async throws {
        let answer = await fixture.send(method, path, ["metadata": ["name": "a"]])
        try check(answer, 405, "MethodNotAllowed", "the server does not allow this method on the requested resource")
    }

    @Test(arguments: [
        ("name", "5", "number", "string"), ("labels", #"["a"]"#, "array", "object"),
        ("finalizers", #""a""#, "string", "array"), ("resourceVersion", "7", "number", "string"),
    ])
    func refusesMetadataOfAnotherType(field: String, value: String, found: String, type: String) async throws {
        var object = configMap("a")
        object[path: "metadata", field] = try JSONValue(parsing: value)
        let answer = await fixture.send(.post, configMaps, object)
        #expect(answer.status == 400)
        let problem = "cannot unmarshal \(found) into Go struct field ObjectMeta.metadata.\(field) of type \(type)"
        #expect(try answer.message?.hasSuffix(problem) == true)
    }

    @Test func answersACodeThatHTTPDoesNotHaveWith500() async throws {
        fixture.admission.onValidate { _ throws(KubernetesError) in throw denial("no", code: 70_000) }
        let answer = await fixture.send(.post, configMaps, configMap("a"))
        #expect(answer.status == 500)
        #expect(try answer.message == "no")
    }

    @Test func refusesWhatIsTooLarge() async throws {
        let answer = await fixture.send(.post, configMaps, bytes: Array(repeating: 32, count: 3 << 20 | 1), "a/b")
        try check(answer, 413, "RequestEntityTooLarge", "Request entity too large: limit is 3145728")
    }

    @Test func refusesOtherMediaTypes() async throws {
        let answer = await fixture.send(.post, configMaps, bytes: [1], "text/plain")
        try check(
            answer,
            415,
            "UnsupportedMediaType",
            "the body of the request was in an unknown format - accepted media types include: "
                + "application/json, application/yaml"
        )
    }

    @Test func hasNoStrategicPatchesForCustomResources() async throws {
        let path = "/apis/projectcontour.io/v1/namespaces/test/httpproxies/a"
        let type = "application/strategic-merge-patch+json"
        let answer = await fixture.send(.patch, path, .object(JSONObject()), type: type)
        try check(
            answer,
            415,
            "UnsupportedMediaType",
            "the body of the request was in an unknown format - accepted media types include: "
                + "application/json-patch+json, application/merge-patch+json, application/apply-patch+yaml"
        )
    }

    @Test(arguments: ["application/vnd.kubernetes.protobuf", "text/html"])
    func refusesToAnswerInOtherForms(accept: String) async throws {
        let answer = await fixture.send(.get, configMaps, accept: accept)
        try check(answer, 406, "NotAcceptable", "only the following media types are accepted: application/json")
    }

    @Test(
        arguments: [
            "*/*", "application/*", "application/vnd.kubernetes.protobuf,application/json",
            "application/json;as=Nothing;v=v1;g=meta.k8s.io,application/json",
        ]
    )
    func answersInJSONWhereThatIsTaken(accept: String) async throws {
        let answer = await fixture.send(.get, configMaps, accept: accept)
        #expect(try answer.json["kind"] == "ConfigMapList")
    }

    @Test func refusesBrokenJSON() async throws {
        let answer = await fixture.send(.post, configMaps, bytes: Array("{\"a\":".utf8), "application/json")
        #expect(answer.status == 400)
        let message = try answer.message ?? ""
        #expect(message.hasPrefix("the object provided is unrecognized (must be of type ConfigMap): "))
        #expect(message.contains("json parse error: parse JSON: "))
    }

    @Test(
        arguments: [
            (#"{"metadata":[]}"#, "json: cannot unmarshal array into Go struct field ConfigMap.metadata"),
            (
                #"{"metadata":{"name":"a","labels":{"a":1}}}"#,
                "json: cannot unmarshal number into Go struct field ObjectMeta.metadata.labels of type string"
            ),
        ]
    )
    func refusesObjectsOfAnotherShape(body: String, problem: String) async throws {
        let answer = await fixture.send(.post, configMaps, bytes: Array(body.utf8), "application/json")
        try check(
            answer,
            400,
            "BadRequest",
            "ConfigMap in version \"v1\" cannot be handled as a ConfigMap: \(problem)"
        )
    }

    @Test func refusesSelectorsThatItDoesNotKnow() async throws {
        let field = await fixture.send(.get, "\(configMaps)?fieldSelector=data.a%3Db")
        let known = "only \"metadata.name\", \"metadata.namespace\""
        try check(field, 400, "BadRequest", "\"data.a\" is not a known field selector: \(known)")
        let label = await fixture.send(.get, "\(configMaps)?labelSelector=a%3D%3D%3Db")
        #expect(label.status == 400)
    }

    @Test func saysWhatIsMissing() async throws {
        let answer = await fixture.send(.get, "\(deployments)/podinfo")
        try check(answer, 404, "NotFound", "deployments.apps \"podinfo\" not found")
        #expect(try answer.json["details"] == ["name": "podinfo", "group": "apps", "kind": "deployments"])
    }
}
