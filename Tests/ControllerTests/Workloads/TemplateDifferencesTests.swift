import JSON
import Testing

@testable import Controller

@Suite struct TemplateDifferencesTests {
    @Test(
        arguments: [
            (["a": 1, "b": [1, 2]], ["b": [1, 2], "a": 1], []),
            (["a": [:], "b": []], ["c": .null], []),
            (["a": ["b": [["c": 1], ["c": 2]]]], ["a": ["b": [["c": 1], ["c": 3]]]], ["a.b[1].c"]),
            (["a": [1]], ["a": [1, 2]], ["a"]),
            (["a": 1], ["b": 1], ["a", "b"]),
            (1, 2, ["template"]),
        ] as [(JSONValue, JSONValue, [String])]
    )
    func namesPaths(held: JSONValue, wanted: JSONValue, paths: [String]) {
        #expect(TemplateDifferences.paths(in: held, against: wanted) == paths)
    }

    @Test func stopsAfterTen() {
        let held = JSONValue.array((0..<12).map { .number(JSONNumber($0)) })
        let wanted = JSONValue.array((0..<12).map { _ in "x" })
        let paths = TemplateDifferences.paths(in: ["a": held], against: ["a": wanted])
        #expect(paths.count == 11 && paths.last == "and 2 more")
    }
}
