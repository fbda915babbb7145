import Gate
import JSON
import Testing

/// What is said of a template that no webhook has seen.
@Suite(.timeLimit(.minutes(1))) struct LateChangeTests {
    private static func template(_ image: String, _ extra: JSONValue? = nil) -> JSONValue {
        var container: JSONValue = ["name": "podinfod", "image": .string(image)]
        container["env"] = extra
        return ["spec": ["containers": [container]]]
    }

    @Test func saysTheImagesThatChangedAsAdmissionDoes() {
        let text = LateChange.text(from: Self.template("podinfo:3.1.0"), to: Self.template("podinfo:3.1.1"))
        #expect(text == "podinfod: podinfo:3.1.0 -> 3.1.1")
    }

    @Test func namesThePathsWhereNoImageChanged() {
        let text = LateChange.text(from: Self.template("a:1"), to: Self.template("a:1", [["name": "A", "value": "1"]]))
        #expect(text == "template changed: spec.containers[podinfod].env")
    }

    @Test func saysWhatThereIsWhereTheFormerTemplateIsLost() {
        #expect(LateChange.text(from: nil, to: Self.template("a:2")) == "changed: podinfod: a:2")
        #expect(LateChange.text(from: Self.template("a:2"), to: Self.template("a:2")) == "changed: podinfod: a:2")
    }

    @Test func tellsTheTwoPartsOfARevisionApart() {
        #expect(RevisionDigest.configs(of: "2-84bd4b7c5f-02cc7b9a61") == "02cc7b9a61")
        #expect(RevisionDigest.configs(of: "2-84bd4b7c5f") == nil)
        #expect(RevisionDigest.configs(of: "eddbb3f3ce") == nil)
    }
}
