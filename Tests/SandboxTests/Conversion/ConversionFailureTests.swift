import HTTP
import HTTPTypes
import JSON
import Kubernetes
import Sandbox
import TestSupport
import Testing

/// Conversions that fail, in the API server's words.
@Suite(.timeLimit(.minutes(1))) struct ConversionFailureTests {
    private typealias Fixture = WidgetFixture

    private static let prefix = "conversion webhook for a.example/v1alpha1, Kind=Widget"

    private func message(_ members: JSONValue) async throws -> String? {
        let fixture = try await Fixture(Fixture.answering { _ in members })
        let answer = await fixture.api.send(.post, Fixture.first, Fixture.old())
        #expect(answer.status == 500)
        #expect(try answer.json["reason"] == nil)
        #expect(fixture.stored == nil)
        return try answer.message
    }

    /// The answer's members, and what is told of them.
    private static let answers: [(JSONValue, String)] = [
        (["result": ["status": "Failure", "message": "bad color"]], "failed: bad color"),
        (["result": ["status": "Failed"]], "failed: response.result.status was 'Failed', not 'Success'"),
        (["convertedObjects": []], "returned 0 objects, expected 1"),
        (
            ["convertedObjects": [["apiVersion": "a.example/v1", "kind": "Gadget", "metadata": ["name": "w"]]]],
            "returned invalid object at index 0: invalid kind (expected Widget, received Gadget)"
        ),
        (
            ["convertedObjects": [["apiVersion": "a.example/v9", "kind": "Widget", "metadata": ["name": "w"]]]],
            """
            returned invalid object at index 0: invalid groupVersion (expected a.example/v1, received a.example/v9)
            """
        ),
        (
            [
                "convertedObjects": [
                    ["apiVersion": "a.example/v1", "kind": "Widget", "metadata": ["name": "x", "namespace": "test"]]
                ]
            ], "returned invalid object: must have the same name: w != x"
        ),
        (
            ["convertedObjects": [["apiVersion": "a.example/v1", "kind": "Widget"]]],
            "returned invalid metadata in object at index 0: missing metadata"
        ),
    ]

    @Test(arguments: answers.indices) func areToldInFull(index: Int) async throws {
        let (members, text) = Self.answers[index]
        #expect(try await message(members) == "\(Self.prefix) \(text)")
    }

    @Test func areToldOfAnAnswerToAnotherQuestion() async throws {
        let text = try #require(try await message(["uid": "0000"]))
        #expect(text.hasPrefix("\(Self.prefix) failed: expected response.uid=\""), "\(text)")
        #expect(text.hasSuffix("\", got \"0000\""), "\(text)")
    }

    @Test func tellWhatTheServerSaid() async throws {
        let fixture = try await Fixture(
            FakeWebhookServer { _, _ in
                ServerResponse(
                    status: .internalServerError,
                    contentType: "text/plain",
                    body: .bytes(Array("kaboom".utf8))
                )
            }
        )
        let answer = await fixture.api.send(.post, Fixture.first, Fixture.old())
        let text = #"failed: an error on the server ("kaboom") has prevented the request from succeeding"#
        #expect(try answer.message == "\(Self.prefix) \(text)")
    }

    @Test func failReadsOfTheOtherVersionAlone() async throws {
        let fixture = try await Fixture(Fixture.answering { _ in ["result": ["status": "Failure", "message": "no"]] })
        let object = Fixture.converted(Fixture.old(), to: "a.example/v1")
        _ = await fixture.api.send(.post, Fixture.second, object)
        #expect(await fixture.api.send(.get, "\(Fixture.second)/w").status == 200)
        for path in [Fixture.first, "\(Fixture.first)/w"] {
            let answer = await fixture.api.send(.get, path)
            #expect(answer.status == 500)
            #expect(try answer.message == "conversion webhook for a.example/v1, Kind=Widget failed: no")
        }
        let watch = try await fixture.api.watch("\(Fixture.first)?watch=true&resourceVersion=0")
        let event = try #require(try await watch.next())
        #expect(event["type"] == "ERROR")
        #expect(event[path: "object", "code"] == 500)
        #expect(try await watch.next() == nil)
    }

    @Test(
        arguments: [
            (
                ["strategy": "Magic"], "spec.conversion.strategy",
                #"Unsupported value: "Magic": supported values: "None", "Webhook""#
            ),
            (
                ["strategy": "Webhook"], "spec.conversion.webhookClientConfig",
                "Required value: required when strategy is set to Webhook"
            ),
            (
                ["strategy": "Webhook", "webhook": ["clientConfig": ["url": "https://a.example"]]],
                "spec.conversion.conversionReviewVersions", "Required value: must specify one of v1, v1beta1"
            ),
            (
                [
                    "strategy": "Webhook",
                    "webhook": ["conversionReviewVersions": ["v1"], "clientConfig": ["caBundle": ""]],
                ],
                "spec.conversion.webhookClientConfig", "Required value: exactly one of url or service is required"
            ),
            (
                [
                    "strategy": "Webhook",
                    "webhook": [
                        "conversionReviewVersions": ["v1"],
                        "clientConfig": ["caBundle": "bm8gUEVN", "url": "https://a.example"],
                    ],
                ],
                "spec.conversion.webhookClientConfig.caBundle",
                """
                Invalid value: "[REDACTED]": unable to load root certificates: unable to parse bytes as PEM block
                """
            ),
        ] as [(JSONValue, String, String)]
    )
    func areForeseenInADefinition(conversion: JSONValue, field: String, message: String) {
        var definition = Fixture.definition
        definition[path: "spec", "conversion"] = conversion
        let causes = ObjectValidation.causes(in: definition, .customResourceDefinitions)
        #expect(causes.map(\.field) == [field])
        #expect(causes.map(\.message) == [message])
    }
}
