import Admission
import HTTP
import HTTPTypes
import JSON
import Platform
import Schema
import Testing

@Suite struct AdmissionHandlerTests {
    @Test func answersTheMinimum() async {
        let asked = await Asked(FixedWebhook(), ReviewFixtures.create)
        #expect(asked.status == 200)
        #expect(asked.fields[.contentType] == "application/json")
        #expect(
            asked.body == """
                {"apiVersion":"admission.k8s.io/v1","kind":"AdmissionReview",\
                "response":{"uid":"705ab4f5-6393-11e8-b7cc-42010a800002","allowed":true}}

                """
        )
    }

    @Test func answersInTheVersionOfTheQuestion() async throws {
        let asked = await Asked(FixedWebhook(), ReviewFixtures.deleteCollection)
        let answer = try asked.json()
        #expect(answer["apiVersion"] == "admission.k8s.io/v1beta1")
        #expect(answer[path: "response", "uid"] == "u-2")
    }

    @Test func sendsAPatchAsBase64() async {
        let patch = JSONPatch([.add(JSONPointer(["spec", "portName"]), "http")])
        let asked = await Asked(
            FixedWebhook(isMutating: true, answer: Verdict(patch: patch)),
            ReviewFixtures.create
        )
        let expected = "W3sib3AiOiJhZGQiLCJwYXRoIjoiL3NwZWMvcG9ydE5hbWUiLCJ2YWx1ZSI6Imh0dHAifV0="
        #expect(
            asked.body.contains(#""allowed":true,"patchType":"JSONPatch","patch":"\#(expected)"}}"#),
            "\(asked.body)"
        )
    }

    @Test func leavesAnEmptyPatchOut() async {
        let asked = await Asked(FixedWebhook(isMutating: true), ReviewFixtures.create)
        #expect(!asked.body.contains("patch"))
    }

    @Test(arguments: [
        (false, ReviewFixtures.create, "a validating webhook gave a patch"),
        (true, ReviewFixtures.deleteCollection, "a patch was given for DELETE"),
    ])
    func putsAWrongPatchRightAndStillAnswers(isMutating: Bool, review: String, fault: String) async throws {
        let seen = Locked<[AdmissionObservation]>([])
        let patch = JSONPatch([.add(JSONPointer(["a"]), 1)])
        let asked = await Asked(
            FixedWebhook(isMutating: isMutating, answer: Verdict(patch: patch)),
            body: Array(review.utf8),
            observe: { observation in seen.withLock { $0.append(observation) } }
        )
        let response = try #require(try asked.json()["response"])
        #expect(response["allowed"] == true)
        #expect(response["uid"] != nil)
        #expect(response["patch"] == nil)
        #expect(seen.withLock { $0.map(\.fault) } == [fault])
    }

    @Test func mapsFindingsToCauses() async throws {
        let verdict = Verdict(findings: [
            Finding(
                rule: "canary/step-weight-above-max",
                path: "spec.analysis.stepWeight",
                value: "60",
                problem: "more than maxWeight (50)",
                remedy: "write a stepWeight of 1 to 50"
            ),
            Finding(
                rule: "canary/missing-field",
                path: "spec.analysis.interval",
                problem: "an analysis needs an interval",
                remedy: "write 30s"
            ),
            Finding(rule: "canary/no-checks", severity: .warn, path: "spec.analysis", problem: "a", remedy: "b"),
        ])
        let asked = await Asked(FixedWebhook(answer: verdict), ReviewFixtures.create)
        #expect(asked.status == 200)
        let expected: JSONValue = [
            "apiVersion": "admission.k8s.io/v1", "kind": "AdmissionReview",
            "response": [
                "uid": "705ab4f5-6393-11e8-b7cc-42010a800002", "allowed": false,
                "status": [
                    "code": 422, "reason": "Invalid",
                    "message": """
                    spec.analysis.stepWeight: more than maxWeight (50); write a stepWeight of 1 to 50 \
                    [canary/step-weight-above-max], spec.analysis.interval: an analysis needs an interval; write 30s \
                    [canary/missing-field]
                    """,
                    "details": [
                        "name": "podinfo", "group": "flagger.app", "kind": "Canary",
                        "causes": [
                            [
                                "reason": "FieldValueInvalid",
                                "message": """
                                Invalid value: 60: more than maxWeight (50); write a stepWeight of 1 to 50 \
                                [canary/step-weight-above-max]
                                """,
                                "field": "spec.analysis.stepWeight",
                            ],
                            [
                                "reason": "FieldValueRequired",
                                "message": """
                                Required value: an analysis needs an interval; write 30s [canary/missing-field]
                                """,
                                "field": "spec.analysis.interval",
                            ],
                        ],
                    ],
                ],
                "warnings": ["spec.analysis: a; b [canary/no-checks]"],
            ],
        ]
        #expect(try asked.json() == expected)
    }

    @Test func countsTheFindingsBeyondTwenty() async throws {
        let findings = (0..<23).map {
            Finding(rule: "x/y", path: "spec.a[\($0)]", value: "1", problem: "p", remedy: "r")
        }
        let asked = await Asked(FixedWebhook(answer: Verdict(findings: findings)), ReviewFixtures.create)
        let causes = try asked.json()[path: "response", "status", "details", "causes"]?.array ?? []
        #expect(causes.count == 21)
        #expect(causes.last?["message"] == "3 more findings; correct these first")
        #expect(causes[19]["field"] == "spec.a[19]")
    }

    @Test func forbidsBeforeItFinds() async throws {
        let verdict = Verdict(
            findings: [Finding(rule: "x/y", path: "spec", value: "1", problem: "p", remedy: "r")],
            forbidden: "podinfo-primary belongs to the loop"
        )
        let status = try await Asked(FixedWebhook(answer: verdict), ReviewFixtures.create).json()[
            path: "response",
            "status"
        ]
        #expect(status?["code"] == 403)
        #expect(status?["reason"] == "Forbidden")
        #expect(status?["message"] == "podinfo-primary belongs to the loop")
        #expect(status?[path: "details", "kind"] == "Canary")
    }

    @Test func refusesWhatIsNoReviewWithAStatus() async throws {
        let asked = await Asked(body: Array("{}".utf8))
        #expect(asked.status == 400)
        #expect(
            try asked.json() == [
                "kind": "Status", "apiVersion": "v1", "metadata": [:], "status": "Failure",
                "message": "decode AdmissionReview kind: missing, expected AdmissionReview", "reason": "BadRequest",
                "code": 400,
            ]
        )
    }

    @Test(arguments: [nil, "text/plain", "application/jsonx", "application/vnd.kubernetes.protobuf"])
    func refusesOtherContentTypes(contentType: String?) async {
        #expect(await Asked(contentType: contentType, body: Array(ReviewFixtures.create.utf8)).status == 415)
    }

    @Test(arguments: ["application/json", "application/json; charset=utf-8", "Application/JSON;charset=UTF-8"])
    func ignoresParametersOfTheContentType(contentType: String) async {
        #expect(await Asked(contentType: contentType, body: Array(ReviewFixtures.create.utf8)).status == 200)
    }

    @Test func ignoresTheQuery() async {
        let asked = await Asked(path: "/validate/canaries?timeout=10s", body: Array(ReviewFixtures.create.utf8))
        #expect(asked.status == 200)
    }

    @Test(arguments: ["/validate/canaries/", "/", "/validate", "/VALIDATE/CANARIES"])
    func knowsNoOtherPath(path: String) async throws {
        let asked = await Asked(path: path, body: Array(ReviewFixtures.create.utf8))
        #expect(asked.status == 404)
        #expect(try asked.json()["reason"] == "NotFound")
    }

    @Test(arguments: [HTTPRequest.Method.get, .put, .head, .delete])
    func acceptsPostAlone(method: HTTPRequest.Method) async {
        let asked = await Asked(method: method, body: [])
        #expect(asked.status == 405)
        #expect(asked.fields[.allow] == "POST")
    }

    @Test func refusesABodyBeyondTheLimit() async {
        let body = [UInt8](repeating: UInt8(ascii: " "), count: AdmissionHandler.bodyLimit + 1)
        #expect(await Asked(body: body).status == 413)
        #expect(await Asked(body: Array(body.dropLast())).status == 400)
    }

    @Test func tellsWhatItAnswered() async throws {
        let seen = Locked<[AdmissionObservation]>([])
        let finding = Finding(rule: "x/y", path: "spec", value: "1", problem: "p", remedy: "r")
        _ = await Asked(
            FixedWebhook(answer: Verdict(findings: [finding])),
            body: Array(ReviewFixtures.create.utf8),
            observe: { observation in seen.withLock { $0.append(observation) } }
        )
        let observation = try #require(seen.withLock { $0 }.first)
        #expect(observation.path == "/validate/canaries")
        #expect(observation.operation == .create)
        #expect(observation.kind == "Canary")
        #expect(observation.namespace == "test")
        #expect(observation.name == "podinfo")
        #expect(observation.user == "admin")
        #expect(observation.uid == "705ab4f5-6393-11e8-b7cc-42010a800002")
        #expect(!observation.isAllowed)
        #expect(observation.rules == ["x/y"])
        #expect(observation.duration == .milliseconds(5))
        #expect(observation.fault == nil)
    }
}
