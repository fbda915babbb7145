import HTTP
import HTTPTypes
import JSON
import Kubernetes
import Platform
import Sandbox
import TestSupport
import Testing

/// A kind in two versions that a webhook converts between.
@Suite(.timeLimit(.minutes(1))) struct ConversionTests {
    private typealias Fixture = WidgetFixture

    @Test func storesAndReviewsInTheStoredVersion() async throws {
        let fixture = try await Fixture()
        let answer = await fixture.api.send(.post, Fixture.first, Fixture.old())
        #expect(answer.status == 201)
        #expect(try answer.json["apiVersion"] == "a.example/v1alpha1")
        #expect(try answer.json["spec"] == ["length": 3, "color": "red"])
        #expect(fixture.stored?["apiVersion"] == "a.example/v1")
        #expect(fixture.stored?["spec"] == ["size": 3, "color": "red"])
        let asked = try #require(fixture.api.admission.mutated.last)
        #expect(asked.type.version == "v1")
        #expect(asked.requestType?.version == "v1alpha1")
        #expect(asked.object?["spec"] == ["size": 3, "color": "red"])
    }

    @Test func showsOneObjectInEitherVersion() async throws {
        let fixture = try await Fixture()
        _ = await fixture.api.send(.post, Fixture.first, Fixture.old())
        #expect(try await fixture.api.send(.get, "\(Fixture.first)/w").json["spec"]?["length"] == 3)
        #expect(try await fixture.api.send(.get, "\(Fixture.second)/w").json["spec"]?["size"] == 3)
        let lists = [Fixture.first, Fixture.second]
        for (path, version) in zip(lists, ["a.example/v1alpha1", "a.example/v1"]) {
            let list = try await fixture.api.send(.get, path).json
            #expect(list["apiVersion"]?.string == version)
            #expect(list["items"]?[0]?["apiVersion"]?.string == version)
            let table = try await fixture.api.send(.get, path, accept: tableV1).json
            #expect(table["rows"]?[0]?["cells"] == ["w", 3])
        }
    }

    @Test func changesItInEitherVersion() async throws {
        let fixture = try await Fixture()
        var object = try await fixture.api.send(.post, Fixture.first, Fixture.old()).json
        object[path: "spec", "length"] = 4
        #expect(await fixture.api.send(.put, "\(Fixture.first)/w", object).status == 200)
        #expect(fixture.stored?["spec"]?["size"] == 4)
        let change: JSONValue = ["spec": ["length": 5]]
        let patched = await fixture.api.send(.patch, "\(Fixture.first)/w", change, type: Fixture.merge)
        #expect(try patched.json["spec"]?["length"] == 5)
        #expect(fixture.stored?["spec"] == ["size": 5, "color": "red"])
        let status: JSONValue = ["status": ["phase": "Ready"]]
        let marked = await fixture.api.send(.patch, "\(Fixture.first)/w/status", status, type: Fixture.merge)
        #expect(try marked.json["status"] == ["phase": "Ready"])
        #expect(fixture.stored?["spec"] == ["size": 5, "color": "red"])
        #expect(await fixture.api.send(.delete, "\(Fixture.first)/w").status == 200)
        #expect(fixture.stored == nil)
    }

    @Test func watchesInEitherVersion() async throws {
        let fixture = try await Fixture()
        _ = await fixture.api.send(.post, Fixture.second, Fixture.converted(Fixture.old(), to: "a.example/v1"))
        let watch = try await fixture.api.watch("\(Fixture.first)?watch=true&resourceVersion=0")
        let event = try #require(try await watch.next())
        #expect(event["type"] == "ADDED")
        #expect(event[path: "object", "spec", "length"] == 3)
        #expect(event[path: "object", "apiVersion"] == "a.example/v1alpha1")
    }

    @Test func listsBothVersionsInDiscovery() async throws {
        let fixture = try await Fixture()
        let group = try await fixture.api.send(.get, "/apis/a.example").json
        #expect((group["versions"]?.array ?? []).map { $0["version"] } == ["v1", "v1alpha1"])
        #expect(group[path: "preferredVersion", "version"] == "v1")
        for version in ["v1", "v1alpha1"] {
            let resources = try await fixture.api.send(.get, "/apis/a.example/\(version)").json["resources"]
            #expect(resources?[0]?["name"] == "widgets")
        }
    }

    @Test func warnsOfADeprecatedVersion() async throws {
        let fixture = try await Fixture()
        let warning = #"299 - "a.example/v1alpha1 Widget is deprecated""#
        #expect(await fixture.api.send(.post, Fixture.first, Fixture.old()).warnings == [warning])
        #expect(await fixture.api.send(.get, Fixture.first).warnings == [warning])
        #expect(await fixture.api.send(.get, "\(Fixture.first)/none").warnings == [warning])
        #expect(await fixture.api.send(.get, Fixture.second).warnings.isEmpty)
    }

    @Test func asksAsTheAPIServerDoes() async throws {
        let fixture = try await Fixture()
        _ = await fixture.api.send(.post, Fixture.first, Fixture.old())
        let server = fixture.api.converters
        #expect(server.targets.first == "/convert/widgets?timeout=30s")
        let review = try #require(server.reviews.first)
        #expect(review["kind"] == "ConversionReview")
        #expect(review["apiVersion"] == "apiextensions.k8s.io/v1")
        #expect(review[path: "request", "desiredAPIVersion"] == "a.example/v1")
        #expect(review[path: "request", "objects"]?[0]?["spec"]?["length"] == 3)
        #expect(review["response"] == ["uid": "", "convertedObjects": .null, "result": ["metadata": [:]]])
    }

    @Test func asksNobodyAboutTheStoredVersion() async throws {
        let fixture = try await Fixture(FakeWebhookServer { _, _ in .init(status: .internalServerError) })
        let object = Fixture.converted(Fixture.old(), to: "a.example/v1")
        #expect(await fixture.api.send(.post, Fixture.second, object).status == 201)
        #expect(await fixture.api.send(.get, Fixture.second).status == 200)
        #expect(fixture.api.converters.reviews.isEmpty)
    }

    @Test func takesNoMetadataFromTheWebhookButLabelsAndAnnotations() async throws {
        let server = Fixture.answering { review in
            let object = review[path: "request", "objects"]?[0] ?? .null
            var converted = Fixture.converted(object, to: review[path: "request", "desiredAPIVersion"] ?? .null)
            converted[path: "metadata", "annotations", "seen"] = "yes"
            converted[path: "metadata", "finalizers"] = ["a.example/a"]
            return ["convertedObjects": [converted]]
        }
        let fixture = try await Fixture(server)
        _ = await fixture.api.send(.post, Fixture.first, Fixture.old())
        #expect(fixture.stored?.annotation("seen") == "yes")
        #expect(fixture.stored?[path: "metadata", "finalizers"] == nil)
    }

    @Test func refusesAnObjectOfTheOtherVersion() async throws {
        let fixture = try await Fixture()
        let answer = await fixture.api.send(.post, Fixture.second, Fixture.old())
        #expect(answer.status == 400)
        #expect(
            try answer.message == """
                the apiVersion in the data (a.example/v1alpha1) does not match the expected apiVersion (a.example/v1)
                """
        )
    }
}
