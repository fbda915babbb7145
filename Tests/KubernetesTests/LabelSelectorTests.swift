import Kubernetes
import Testing

@Suite struct LabelSelectorTests {
    @Test(arguments: [
        ("", true), ("app=podinfo", true), ("app==podinfo", true), ("app=other", false), ("app!=other", true),
        ("app!=podinfo", false), ("missing!=x", true), ("missing=x", false), ("app", true), ("missing", false),
        ("!missing", true), ("!app", false), ("tier in (web, db)", true), ("tier in (db)", false),
        ("tier notin (db,cache)", true), ("tier notin (web)", false), ("missing notin (web)", true),
        ("app=podinfo,tier in (db,web),!missing", true), ("app=podinfo,tier=db", false), ("empty=", true),
        (" app = podinfo , tier=web ", true), ("app.kubernetes.io/name=podinfo", true),
    ])
    func selectsByLabels(_ text: String, expected: Bool) throws {
        let labels = ["app": "podinfo", "tier": "web", "empty": "", "app.kubernetes.io/name": "podinfo"]
        #expect(try #require(LabelSelector(text)).matches(labels) == expected)
    }

    @Test(arguments: [",", "a=b,", "=b", "a in", "a in b", "a in (b", "a on (b)", "a=b=c", "a b", "a=(b)", "!", "a)"])
    func refusesWhatIsNoSelector(_ text: String) {
        #expect(LabelSelector(text) == nil)
    }
}
