import ContourAPI
import JSON
import Testing

@Suite(.timeLimit(.minutes(1))) struct PathMatchTests {
    @Test(
        arguments: [
            ([], "prefix /"),
            ([["header": ["name": "h"]]], "prefix /"),
            ([["prefix": "/a"], ["prefix": "/b"]], "prefix /a/b"),
            ([["prefix": "/a/"], ["prefix": "//b///c"]], "prefix /a/b/c"),
            ([["prefix": "/"], ["exact": "/b"]], "exact /b"),
            ([["exact": "/a"], ["header": ["name": "h"]]], "prefix /a"),
            ([["header": ["name": "h"]], ["exact": "/a"]], "exact /a"),
            ([["exact": "/a", "header": ["name": "h"]]], "exact /a"),
            ([["prefix": "/a.b"], ["regex": "/c+"], ["header": ["name": "h"]]], "regex /a.b/c+"),
        ] as [([JSONValue], String)]
    )
    func joinsTheConditions(conditions: [JSONValue], expected: String) {
        #expect(PathMatch(conditions).description == expected)
    }

    @Test func takesTheFirstOfSeveralOperators() throws {
        let condition: JSONValue = ["name": "H", "exact": "a", "notcontains": "b", "treatMissingAsEmpty": true]
        let match = try #require(HeaderMatch(condition))
        #expect(match.kind == "contains")
        #expect(match.value == "b")
        #expect(match.isInverted)
        #expect(match.treatsMissingAsEmpty)
        #expect(match.name == "H")
        #expect(HeaderMatch(["name": "h", "exact": "", "present": false]) == nil)
        #expect(QueryMatch(["name": "q", "regex": "a", "ignoreCase": true])?.ignoresCase == false)
    }
}
