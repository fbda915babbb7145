import JSON
import Testing

@Suite struct JSONPointerTests {
    /// The document and the table of RFC 6901 section 5.
    static let document = #"""
        {"foo": ["bar", "baz"], "": 0, "a/b": 1, "c%d": 2, "e^f": 3, "g|h": 4, "i\\j": 5, "k\"l": 6, " ": 7, "m~n": 8}
        """#

    @Test(
        arguments: [
            ("/foo", #"["bar","baz"]"#), ("/foo/0", #""bar""#), ("/", "0"), ("/a~1b", "1"), ("/c%d", "2"),
            ("/e^f", "3"),
            ("/g|h", "4"), (#"/i\j"#, "5"), ("/k\"l", "6"), ("/ ", "7"), ("/m~0n", "8"),
        ] as [(String, String)]
    )
    func findsValues(text: String, expected: String) throws {
        let pointer = try #require(JSONPointer(text))
        #expect(try JSONValue(parsing: Self.document)[pointer]?.text == expected)
        #expect(pointer.description == text)
    }

    @Test(arguments: [
        "/bar", "/foo/2", "/foo/-", "/foo/00", "/foo/01", "/foo/+1", "/foo/-1", "/foo/", "/foo/0/0", "//",
    ])
    func findsNothing(text: String) throws {
        #expect(try JSONValue(parsing: Self.document)[#require(JSONPointer(text))] == nil)
    }

    @Test func theEmptyPointerIsTheWholeDocument() throws {
        let value = try JSONValue(parsing: Self.document)
        #expect(value[try #require(JSONPointer(""))] == value)
    }

    @Test(arguments: ["foo", "#/foo", "/~", "/~2", "/a~", "/~01~"])
    func refusesTextsThatAreNone(text: String) { #expect(JSONPointer(text) == nil) }

    @Test func unescapesOnce() { #expect(JSONPointer("/~01/~10")?.tokens == ["~1", "/0"]) }
}
