import JSON
import Testing

@Suite struct JSONObjectTests {
    @Test(arguments: [0, 1, 15, 16, 17, 18, 40])
    func keepsOrderAndFindsEveryMemberAtAnySize(count: Int) {
        var object = JSONObject()
        for index in 0..<count { object["k\(index)"] = .number(JSONNumber(index)) }
        #expect(object.keys == (0..<count).map { "k\($0)" })
        for index in 0..<count { #expect(object["k\(index)"]?.int == index) }
        #expect(object["k\(count)"] == nil)

        let before = object
        for index in stride(from: 0, to: count, by: 2) { object["k\(index)"] = nil }
        for index in 0..<count { #expect(object["k\(index)"]?.int == (index % 2 == 0 ? nil : index)) }
        for index in 0..<count { #expect(before["k\(index)"]?.int == index) }
        object["k0"] = "again"
        #expect(object.keys.last == "k0")
        #expect(object != before)
    }

    @Test(.timeLimit(.minutes(1)))
    func growsLargeWithoutQuadraticTime() {
        var value: JSONValue = [:]
        for index in 0..<50_000 { value[path: "metadata", "annotations", "k\(index)"] = "x" }
        #expect(value[path: "metadata", "annotations"]?.object?.count == 50_000)
        #expect(value[path: "metadata", "annotations", "k49999"] == "x")
    }

    @Test(arguments: [1, 30])
    func tellsKeysApartByTheirBytes(extra: Int) {
        var object = JSONObject()
        for index in 0..<extra { object["k\(index)"] = 0 }
        object["e\u{301}"] = 1
        object["\u{E9}"] = 2
        #expect(object.count == extra + 2)
        #expect(object["e\u{301}"] == 1)
        #expect(object["\u{E9}"] == 2)
        #expect(JSONValue.string("e\u{301}") != .string("\u{E9}"))
    }

    @Test func comparesWithoutRegardToOrder() {
        let first: JSONValue = ["a": 1, "b": ["c": 2, "d": 3]]
        let second: JSONValue = ["b": ["d": 3, "c": 2], "a": 1]
        #expect(first == second)
        #expect(first.hashValue == second.hashValue)
        #expect(first != ["a": 1, "b": ["c": 2, "d": 4]])
        #expect(first != ["a": 1])
    }

    @Test func pathsMakeAndLeaveObjects() {
        var value: JSONValue = ["a": 1]
        value[path: "b", "c"] = 2
        #expect(value == ["a": 1, "b": ["c": 2]])
        value[path: "b", "c"] = nil
        #expect(value == ["a": 1, "b": [:]])
        value[path: "x", "y"] = nil
        #expect(value == ["a": 1, "b": [:]])
    }
}
