import JSON
import Testing

/// Strings are read 16 bytes at a time: what stands where in these, and how much of the text follows, must not matter.
@Suite struct JSONStringTests {
    private static let escapes: [(written: String, text: String)] = [
        (#"\""#, "\""), (#"\\"#, "\\"), (#"\n"#, "\n"), (#"\/"#, "/"), (#"\u0041"#, "A"), (#"\ud83d\ude00"#, "😀"),
        (#"\\\""#, "\\\""), (#"\"\""#, "\"\""), (#"\\\\"#, "\\\\"), (#"\"\\"#, "\"\\"), (#"\"\n\""#, "\"\n\""),
    ]
    private static let letters = "abcdefghijklmnopqrstuvwxyz0123456789ABCDEFGHIJ"

    @Test(arguments: escapes.indices)
    func readsAnEscapeWhereverItStands(index: Int) throws {
        let escape = Self.escapes[index]
        for count in 0..<40 {
            for after in [0, 1, 7, 8, 15, 16, 17, 33] {
                let (head, tail) = (Self.letters.prefix(count), Self.letters.prefix(after))
                let written = "\"\(head)\(escape.written)\(tail)\""
                let text = "\(head)\(escape.text)\(tail)"
                #expect(try JSONValue(parsing: written) == .string(text))
                #expect(try JSONValue(parsing: "[\(written),\(written)]") == [.string(text), .string(text)])
            }
        }
    }

    @Test(arguments: [0, 1, 15, 16, 17, 40])
    func takesNothingBehindAStringForItsOwn(count: Int) throws {
        let text = String(Self.letters.prefix(count))
        let value = try JSONValue(parsing: #"["\#(text)","\\","\"","\n"]"#)
        #expect(value == [.string(text), "\\", "\"", "\n"])
        #expect(try JSONDocument(parsing: Array(#"["\#(text)","\""]"#.utf8)).root[0]?.isString(text) == true)
    }

    @Test(arguments: ["\u{0}", "\u{1F}", "\n"])
    func namesThePlaceOfAControlCharacter(control: String) {
        for count in 0..<40 {
            for ending in ["\"", "abcdefghijklmnopqrst\"", "\\\"\""] {
                let text = "\"\(Self.letters.prefix(count))\(control)\(ending)"
                let error = #expect(throws: JSONError.self) { try JSONValue(parsing: text) }
                #expect(error?.offset == count + 1)
            }
        }
    }

    @Test func refusesAStringThatNeverEnds() {
        for count in 0..<40 {
            for ending in ["", "\\", "\\\"", "\\u00"] {
                #expect(throws: JSONError.self) { try JSONValue(parsing: "\"\(Self.letters.prefix(count))\(ending)") }
            }
        }
    }

    @Test func writesWhatItReads() throws {
        for count in 0..<40 {
            let text = "\(Self.letters.prefix(count))\u{1}\"\\\t\(Self.letters.prefix(count / 2))"
            let value: JSONValue = [.string(text), .string(String(text.reversed()))]
            #expect(try JSONValue(parsing: value.serialized) == value)
        }
    }
}
