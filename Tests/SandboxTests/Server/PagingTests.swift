import HTTPTypes
import JSON
import Kubernetes
import Sandbox
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1))) struct PagingTests {
    private let fixture = APIFixture(historyLimit: 20)

    init() { for name in ["a", "b", "c", "d", "e"] { fixture.cluster.put(.configMaps, configMap(name)) } }

    private func page(_ query: String) async throws -> JSONValue {
        let answer = await fixture.send(.get, "\(configMaps)?\(query)")
        #expect(answer.status == 200)
        return try answer.json
    }

    private func names(_ list: JSONValue) -> String { (list["items"]?.array ?? []).map(\.name).joined() }

    private func token(_ list: JSONValue) throws -> String {
        try #require(list[path: "metadata", "continue"]?.string)
    }

    @Test func givesOnePageAfterTheOther() async throws {
        let first = try await page("limit=2")
        #expect(names(first) == "ab")
        #expect(first[path: "metadata", "remainingItemCount"] == 3)
        let second = try await page("limit=2&continue=\(token(first))")
        #expect(names(second) == "cd")
        let last = try await page("limit=2&continue=\(token(second))")
        #expect(names(last) == "e")
        #expect(last[path: "metadata", "continue"] == nil)
        #expect(last[path: "metadata", "remainingItemCount"] == nil)
    }

    @Test func showsTheStateOfTheFirstPageOnAllPages() async throws {
        let first = try await page("limit=2")
        fixture.cluster.remove(.configMaps, ObjectKey(namespace: "test", name: "c"))
        fixture.cluster.put(.configMaps, configMap("da"))
        let rest = try await page("limit=9&continue=\(token(first))")
        #expect(names(rest) == "cde")
        #expect(rest[path: "metadata", "resourceVersion"] == first[path: "metadata", "resourceVersion"])
    }

    @Test func countsNoRestWhereASelectorDecides() async throws {
        let first = try await page("limit=2&fieldSelector=metadata.name!%3De")
        #expect(names(first) == "ab")
        #expect(first[path: "metadata", "continue"] != nil)
        #expect(first[path: "metadata", "remainingItemCount"] == nil)
    }

    @Test func goesOnWithThePresentStateWhereTheFirstOneIsForgotten() async throws {
        let first = try await page("limit=2")
        for number in 0..<30 {
            var object = configMap("e")
            object["data"] = ["value": .string("\(number)")]
            fixture.cluster.put(.configMaps, object)
        }
        fixture.cluster.put(.configMaps, configMap("f"))
        let expired = await fixture.send(.get, "\(configMaps)?limit=9&continue=\(try token(first))")
        #expect(expired.status == 410)
        #expect(try expired.json["reason"] == "Expired")
        #expect(try await names(page("limit=9&continue=\(token(expired.json))")) == "cdef")
    }

    @Test func listsAPastState() async throws {
        let version = fixture.cluster.resourceVersion
        fixture.cluster.put(.configMaps, configMap("f"))
        let past = try await page("resourceVersion=\(version)&resourceVersionMatch=Exact")
        #expect(names(past) == "abcde")
        #expect(past[path: "metadata", "resourceVersion"]?.string == version)
        #expect(try await names(page("resourceVersion=\(version)&resourceVersionMatch=NotOlderThan")) == "abcdef")
    }

    @Test func takesNoPagesOfWhatIsCached() async throws {
        #expect(try await names(page("limit=2&resourceVersion=0")) == "abcde")
    }

    @Test(
        arguments: [
            ("continue=bogus", 400, "continue key is not valid: illegal base64 data at input byte 0"),
            ("resourceVersionMatch=Exact", 422, "is forbidden unless resourceVersion is provided"),
            ("resourceVersion=0&resourceVersionMatch=Exact", 422, "is forbidden for resourceVersion \"0\""),
            ("resourceVersion=99999", 504, "Timeout: Too large resource version: 99999, current: "),
        ]
    )
    func refusesAContradiction(query: String, code: Int, problem: String) async throws {
        let answer = await fixture.send(.get, "\(configMaps)?\(query)")
        #expect(answer.status == code)
        #expect(try answer.message?.contains(problem) == true, "\(answer.text)")
    }

    @Test func refusesAVersionBesideAToken() async throws {
        let token = try token(try await page("limit=2"))
        let answer = await fixture.send(.get, "\(configMaps)?continue=\(token)&resourceVersion=5")
        #expect(answer.status == 400)
        #expect(try answer.message == "specifying resource version is not allowed when using continue")
    }
}
