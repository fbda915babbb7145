import HTTPTypes
import JSON
import Kubernetes
import Sandbox
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1))) struct WarningTests {
    private let fixture = APIFixture()

    private func headers(_ first: [String], _ second: [String] = []) async -> [String] {
        fixture.admission.onMutate { attempt in (attempt.object, first) }
        fixture.admission.onValidate { _ in second }
        return await fixture.send(.post, configMaps, configMap("a")).warnings
    }

    @Test func quotesThem() async {
        let headers = await headers(["first"], [#"second "quoted" \ with ünïcode"#])
        #expect(headers == [#"299 - "first""#, #"299 - "second \"quoted\" \\ with ünïcode""#])
    }

    @Test func dropsWhatCannotBeSent() async {
        #expect(await headers(["", "a\nb", "a\u{7f}", "a", "a"], ["a", "b"]) == [#"299 - "a""#, #"299 - "b""#])
    }

    @Test func cutsThemWhenTheyAreTooManyTogether() async {
        let headers = await headers((10..<50).map { "\($0)" + String(repeating: "x", count: 293) })
        #expect(headers.count == 16)
        #expect(headers.allSatisfy { $0.count == 256 + 8 })
    }

    @Test func comeWithARefusalToo() async throws {
        fixture.admission.onMutate { attempt in (attempt.object, ["careful"]) }
        fixture.admission.onValidate { _ throws(KubernetesError) in throw denial("no") }
        let created = await fixture.send(.post, configMaps, configMap("a"))
        #expect(created.status == 403)
        #expect(created.warnings == [#"299 - "careful""#])
        fixture.cluster.put(.configMaps, configMap("b"))
        let updated = await fixture.send(.put, "\(configMaps)/b", configMap("b", "2"))
        #expect(updated.status == 403)
        #expect(updated.warnings == [#"299 - "careful""#])
    }
}
