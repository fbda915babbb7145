import FlaggerAPI
import JSON
import Kubernetes
import TestSupport
import Testing
import YAML

@Suite struct CustomResourceTests {
    /// As in `manifests/base`: the caBundle is filled in by whoever installs.
    private static let installed = ConversionWebhook(
        .service(namespace: "canarygate-system", name: "canarygate-conversion", port: nil)
    )

    @Test func makesThreeDefinitions() {
        #expect(
            CustomResources.crds().map(\.name) == [
                "canaries.flagger.app", "metrictemplates.flagger.app", "alertproviders.flagger.app",
            ]
        )
    }

    @Test(arguments: [(0, "canaries"), (1, "metrictemplates"), (2, "alertproviders")])
    func areWhatIsCommitted(index: Int, name: String) throws {
        let crd = CustomResources.crds(conversion: Self.installed)[index]
        let path = "manifests/base/crds/\(name).yaml"
        let comment =
            "# Made from Sources/FlaggerAPI/Schema, which the webhooks check by too; a test compares the two.\n"
        #expect(try RepositoryFiles.text(path) == comment + YAMLWriter.text(crd))
        #expect(try RepositoryFiles.documents(path) == [crd])
    }

    @Test func keepUnknownFieldsForTheWebhook() throws {
        let definitions = CustomResources.crds(conversion: Self.installed)
        for version in definitions.flatMap({ $0[path: "spec", "versions"]?.array ?? [] }) {
            let root = try #require(version[path: "schema", "openAPIV3Schema"])
            #expect(version[path: "subresources", "status"] != nil)
            #expect(root["x-kubernetes-preserve-unknown-fields"] == true)
            #expect(objectsThatPrune(root, at: "") == [".metadata"])
        }
    }

    @Test func declareWholeNumbersAsSuch() throws {
        let crd = try #require(CustomResources.crds().first)
        let schema = crd[path: "spec", "versions"]?[0]?[path: "schema", "openAPIV3Schema"]
        let analysis = schema?[path: "properties", "spec", "properties", "analysis", "properties"]
        #expect(analysis?["threshold"]?["type"] == "integer")
        #expect(analysis?["stepWeight"]?["maximum"] == 100)
        let metric = analysis?[path: "metrics", "items", "properties"]
        #expect(metric?["threshold"]?["type"] == "number")
    }

    /// The objects with named fields that drop what they do not name.
    private func objectsThatPrune(_ schema: JSONValue, at path: String) -> [String] {
        var result: [String] = []
        let keeps = schema["x-kubernetes-preserve-unknown-fields"] == true || schema["additionalProperties"] != nil
        if schema["type"] == "object", !keeps { result.append(path) }
        for member in schema["properties"]?.object ?? JSONObject() {
            result += objectsThatPrune(member.value, at: "\(path).\(member.key)")
        }
        for key in ["items", "additionalProperties"] {
            if let inner = schema[key] { result += objectsThatPrune(inner, at: "\(path)[]") }
        }
        return result
    }
}
