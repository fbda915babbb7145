import Admission
import HTTPTypes
import JSON
import Kubernetes
import Platform
import Testing

/// How ConversionReviews are answered.
@Suite(.timeLimit(.minutes(1))) struct ConversionHandlerTests {
    private typealias Fixtures = ConversionFixtures

    @Test(arguments: ["apiextensions.k8s.io/v1", "apiextensions.k8s.io/v1beta1"])
    func convertsAListInItsOrder(apiVersion: String) async {
        let asked = await ConversionAsked(
            Fixtures.review([Fixtures.widget("a"), Fixtures.widget("b")], in: apiVersion)
        )
        #expect(asked.status == 200)
        let object = { (name: String) in
            #"{"apiVersion":"a.example/v2","kind":"Widget","metadata":{"name":"\#(name)","namespace":"test"},"#
                + #""spec":{"color":"red","size":3}}"#
        }
        #expect(
            asked.body == """
                {"apiVersion":"\(apiVersion)","kind":"ConversionReview","response":{"uid":"u-1",\
                "convertedObjects":[\(object("a")),\(object("b"))],"result":{"status":"Success"}}}

                """
        )
    }

    @Test func convertsNothingToNothing() async throws {
        let response = try await ConversionAsked(Fixtures.review([])).json()["response"]
        #expect(response == ["uid": "u-1", "convertedObjects": [], "result": ["status": "Success"]])
    }

    @Test func failsAsAWholeOverOneObjectAndNamesIt() async throws {
        let objects = [Fixtures.widget("a"), Fixtures.widget("b", color: "blue")]
        let response = try await ConversionAsked(Fixtures.review(objects)).json()["response"]
        #expect(
            response == [
                "uid": "u-1", "convertedObjects": [],
                "result": [
                    "status": "Failure",
                    "message": "convert Widget test/b to a.example/v2: blue, expected another color",
                ],
            ]
        )
    }

    @Test func keepsLabelsAndAnnotationsThatChanged() async throws {
        let converter = WidgetConverter { object in object[path: "metadata", "annotations", "a"] = "b" }
        let answer = try await ConversionAsked(Fixtures.review([Fixtures.widget("a")]), converter).json()
        #expect(answer["response"]?["convertedObjects"]?[0]?.annotation("a") == "b")
    }

    private static let spoilt: [@Sendable (inout JSONValue) throws -> Void] = [
        { $0[path: "metadata", "name"] = "b" }, { $0[path: "metadata", "finalizers"] = ["a"] },
        { $0["metadata"] = nil }, { $0["kind"] = "Gadget" }, { $0["apiVersion"] = "a.example/v1" },
        { _ in throw BrokenWebhook() },
    ]

    @Test(arguments: spoilt.indices)
    func answersAFaultOfOursWithAFailureThatNamesTheLog(index: Int) async throws {
        let seen = Locked<[ConversionObservation]>([])
        let asked = await ConversionAsked(
            Fixtures.review([Fixtures.widget("a")]).serialized,
            WidgetConverter(spoil: Self.spoilt[index]),
            observe: { observation in seen.withLock { $0.append(observation) } }
        )
        let message = "internal error in canarygate, nothing was converted; its log has u-1"
        #expect(
            try asked.json()["response"] == [
                "uid": "u-1", "convertedObjects": [],
                "result": ["status": "Failure", "message": .string(message)],
            ]
        )
        let observation = try #require(seen.withLock { $0 }.first)
        #expect(observation.outcome == .fault)
        #expect(observation.problem?.hasPrefix("could not convert: ") == true)
    }

    @Test func tellsWhatItAnswered() async throws {
        let seen = Locked<[ConversionObservation]>([])
        for review in [
            Fixtures.review([Fixtures.widget("a"), Fixtures.widget("b")]),
            Fixtures.review([Fixtures.widget("a", color: "blue")], to: "a.example/v9"),
        ] {
            _ = await ConversionAsked(
                review.serialized,
                observe: { observation in seen.withLock { $0.append(observation) } }
            )
        }
        let observations = seen.withLock { $0 }
        #expect(observations.map(\.outcome) == [.converted, .refused])
        #expect(observations.map(\.objects) == [2, 1])
        #expect(observations.map(\.apiVersion) == ["a.example/v2", nil])
        #expect(observations.map(\.uid) == ["u-1", "u-1"])
        #expect(observations.map(\.path) == ["/convert/widgets", "/convert/widgets"])
        #expect(observations.map(\.duration) == [.milliseconds(5), .milliseconds(5)])
        #expect(observations[0].problem == nil)
        #expect(observations[1].problem == "convert Widget test/a to a.example/v9: blue, expected another color")
    }

    @Test(arguments: [
        ("{}", "kind: missing, expected ConversionReview"),
        (#"{"kind":"AdmissionReview"}"#, #"kind: "AdmissionReview", expected ConversionReview"#),
        (
            #"{"kind":"ConversionReview","apiVersion":"v1"}"#,
            #"apiVersion: "v1", expected apiextensions.k8s.io/v1 or apiextensions.k8s.io/v1beta1"#
        ),
        (head + "}", "request: missing, expected an object"),
        (head + #","request":{}}"#, "request.uid: missing, expected a string"),
        (
            head + #","request":{"uid":""# + String(repeating: "u", count: 257) + #""}}"#,
            "request.uid: 257 bytes long, expected at most 256"
        ),
        (head + #","request":{"uid":"u"}}"#, "request.desiredAPIVersion: missing, expected a string"),
        (head + #","request":{"uid":"u","desiredAPIVersion":"a/v1"}}"#, "request.objects: missing, expected an array"),
        (
            head + #","request":{"uid":"u","desiredAPIVersion":"a/v1","objects":{}}}"#,
            "request.objects: of type object, expected an array"
        ),
        (
            head + #","request":{"uid":"u","desiredAPIVersion":"a/v1","objects":[{},7]}}"#,
            "request.objects[1]: of type number, expected an object"
        ),
    ])
    func refusesWhatIsNoReviewAndSaysWhere(body: String, problem: String) async throws {
        let asked = await ConversionAsked(Array(body.utf8))
        #expect(asked.status == 400)
        #expect(try asked.json()["message"]?.string == "decode ConversionReview \(problem)")
    }

    private static let head = #"{"kind":"ConversionReview","apiVersion":"apiextensions.k8s.io/v1""#

    @Test func refusesBrokenJSONWithItsPlace() async throws {
        let asked = await ConversionAsked(Array("{\"kind\":".utf8))
        #expect(asked.status == 400)
        let message = try #require(try asked.json()["message"]?.string)
        #expect(message.hasPrefix("decode ConversionReview: "))
        #expect(message.contains("line 1, column 9"), "\(message)")
    }

    @Test func wantsWhatAReviewIsSentWith() async {
        let body = Fixtures.review([]).serialized
        #expect(await ConversionAsked(body, method: .get).status == 405)
        #expect(await ConversionAsked(body, contentType: "text/plain").status == 415)
        #expect(await ConversionAsked([UInt8](repeating: 0x20, count: (8 << 20) + 1)).status == 413)
    }

    @Test(arguments: ["/convert/widgets/", "/convert", "/validate/canaries"])
    func handsOtherPathsOn(path: String) async {
        #expect(await ConversionAsked(Fixtures.review([]).serialized, path: path).body == "behind")
    }
}
