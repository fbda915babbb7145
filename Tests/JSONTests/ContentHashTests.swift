import JSON
import Testing

@Suite struct ContentHashTests {
    /// Pairs that mean different things, and look alike.
    private static let different: [(JSONValue, JSONValue)] = [
        ([1, 2], [2, 1]), ([], [:]), ([], [[]]), (["a": 1], ["b": 1]), (["a": "b", "c": "d"], ["a": "d", "c": "b"]),
        (["ab": "c"], ["a": "bc"]), ("1", 1), ("", .null), (.null, [.null]), ([.null], [.null, .null]), (true, false),
        ("12345678", "123456789"), ("12345678", "12345678\0"), ("a", "a\0"), ("é", "e\u{301}"),
        (["a": ["b": 1], "c": 2], ["a": ["b": 1, "c": 2]]), (["a": [:]], [:]),
    ]

    @Test(arguments: different.indices)
    func tellsApartWhatMeansDifferentThings(index: Int) {
        let (one, other) = Self.different[index]
        #expect(one.contentHash != other.contentHash)
    }

    @Test func seesHowANumberIsWritten() throws {
        let texts = ["1", "1.0", "10e-1", "-1"]
        let hashes = try texts.map { try JSONValue(parsing: $0).contentHash }
        #expect(Set(hashes).count == texts.count)
    }

    @Test func doesNotSeeEscapes() throws {
        let escaped = try JSONDocument(parsing: Array(#"{"\u0061\/b":"c\u00e9\n\"12345678"}"#.utf8)).root
        let value: JSONValue = ["a/b": "c\u{e9}\n\"12345678"]
        #expect(escaped.contentHash == value.contentHash)
    }

    /// A text's last bytes are read eight at a time where the document goes on, one by one where it ends.
    @Test(arguments: 0..<40)
    func isTheSameWhereverATextStands(length: Int) throws {
        let text = String("abcdefghijklmnopqrstuvwxyz0123456789.-_/".prefix(length))
        let document = try JSONDocument(parsing: Array("[\"\(text)\",\"\(text)\"]".utf8))
        let hashes = document.root.elements?.map(\.contentHash)
        let value = JSONValue.string(text).contentHash
        #expect(hashes == [value, value])
        #expect(try JSONDocument(parsing: Array("\"\(text)\"".utf8)).root.contentHash == value)
    }
}
