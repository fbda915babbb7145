import JSON
import Kubernetes
import TestSupport
import Testing

@Suite struct FieldSelectorTests {
    private let object: JSONValue = [
        "metadata": ["name": "a", "namespace": "test"], "status": ["phase": "Running"], "spec": ["replicas": 2],
    ]

    @Test(arguments: [
        ("", true), ("metadata.name=a", true), ("metadata.name==a", true), ("metadata.name=b", false),
        ("metadata.name!=b,status.phase=Running", true), ("metadata.name=a,status.phase!=Running", false),
        ("spec.replicas=2", true), ("spec.nodeName=", true), ("spec.nodeName!=x", true), ("spec.nodeName=x", false),
    ])
    func matches(_ text: String, isMatch: Bool) throws {
        #expect(try #require(FieldSelector(text)).matches(object) == isMatch)
    }

    @Test(arguments: ["metadata.name", "=a", "metadata..name=a", "a=b\\,c"])
    func isNone(_ text: String) {
        #expect(FieldSelector(text) == nil)
    }
}
