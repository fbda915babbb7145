import TestSupport
import Testing

@testable import JSON

/// Objects that repeat one beside them, as the two of an update do: read by copying what is the same, they must read as any.
@Suite(.timeLimit(.minutes(1))) struct JSONRepeatTests {
    private static let first =
        #"{"kind":"Deployment","metadata":{"generation":3,"labels":{"app":"podinfo"},"note":"a long \"text\" with escapes"},"#
        + #""spec":{"list":[{"name":"podinfod","image":"podinfo:3.1.1","ports":[{"port":9898},{"port":9797}]}],"n":12345}}"#

    /// What differs in the second of two objects.
    private static let changes: [(String, String)] = [
        ("", ""), ("3.1.1", "3.1.0"), (#""generation":3"#, #""generation":31"#), (":12345", ":123456789"),
        (#""n":12345"#, #""n":"12345""#), (#""labels":{"app":"podinfo"},"#, ""),
        (#""spec":{"#, #""spec":{"added":{"a":[]},"#),
        (#"{"port":9898},"#, ""), (#"{"port":9898}"#, #"[{"port":9898}]"#), ("escapes", "escapes and more"),
        (#"{"port":9797}]"#, #"{"port":9797},{"port":1}]"#), (#""labels":{"app":"podinfo"}"#, #""labels":null"#),
        (#"{"name":"podinfod""#, #" { "name" : "podinfod""#), (#""list":["#, #""list":[{"name":"before it"},"#),
    ]

    @Test(arguments: changes)
    func readsWhatIsRepeatedLikeAnything(old: String, new: String) throws {
        let second = Self.first.replacing(old, with: new)
        let together = try JSONDocument(parsing: Array(#"{"object":\#(Self.first),"oldObject":\#(second)}"#.utf8))
        let alone = try JSONDocument(parsing: Array(second.utf8))
        #expect(together.root["oldObject"]?.value == alone.root.value)
        #expect(together.root["oldObject"]?.isEqual(to: alone.root) == true)
        #expect(together.root["object"]?.value == (try JSONValue(parsing: Self.first)))
        #expect(together.root["oldObject"]?.contentHash == alone.root.value.contentHash)
    }

    /// The elements of an array are not held against one another: the same text there is read without copies.
    @Test(arguments: 0..<400)
    func findsTheSameFaultsAsWithoutCopies(seed: Int) {
        var generator = SeededValues(seed: UInt64(seed) + 9_000)
        var second = Array(Self.first.utf8)
        for _ in 0..<Int.random(in: 1...3, using: &generator) {
            let place = Int.random(in: 0..<second.count, using: &generator)
            switch Int.random(in: 0..<4, using: &generator) {
            case 0: second[place] = Array(#"{}[]",:\019tn "#.utf8).randomElement(using: &generator) ?? 0
            case 1: second.removeSubrange(place..<min(second.count, place + 8))
            case 2: second.insert(contentsOf: second[place..<min(second.count, place + 20)], at: place)
            default: second.removeSubrange(place...)
            }
            if second.isEmpty { second = [0x7B] }
        }
        let text = String(decoding: second, as: UTF8.self)
        let copied = Result { try JSONDocument(parsing: Array(#"[{"a":\#(Self.first),"b":\#(text)}]"#.utf8)) }
        let read = Result { try JSONDocument(parsing: Array(#"[{"a":\#(Self.first)},{"b":\#(text)}]"#.utf8)) }
        switch (copied, read) {
        case (.success(let copied), .success(let read)):
            #expect(copied.root[0]?["b"]?.value == read.root[1]?["b"]?.value)
        case (.failure(let fault as JSONError), .failure(let other as JSONError)):
            // The second text stands two bytes further on.
            #expect(fault.offset + 2 == other.offset)
        default: Issue.record("one text is taken, the other is not: \(text)")
        }
    }

    @Test func keepsTheLimitOfDepthInWhatIsRepeated() throws {
        func nested(_ depth: Int) -> String {
            String(repeating: #"{"abcdefghijklm":"#, count: depth) + "1" + String(repeating: "}", count: depth)
        }
        let deepest = nested(TapeBuilder.maximumDepth - 1)
        #expect(throws: Never.self) { try JSONDocument(parsing: Array(#"{"a":\#(deepest),"b":\#(deepest)}"#.utf8)) }
        // The same text one level further down is not taken for what was allowed further up.
        #expect(throws: JSONError.self) {
            try JSONDocument(parsing: Array(#"{"a":\#(deepest),"b":{"abcdefghijklm":\#(deepest)}}"#.utf8))
        }
    }
}
