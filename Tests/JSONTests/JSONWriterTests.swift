import JSON
import Testing

@Suite struct JSONWriterTests {
    static let sample: JSONValue = [
        "b": [1, [], ["x": .null], [:]], "a": "q\"\\/\u{1}\n", "none": .null,
        "é": ["z": true, "B": false],
    ]

    @Test func writesCompactText() {
        #expect(
            Self.sample.text == #"{"b":[1,[],{"x":null},{}],"a":"q\"\\/\u0001\n","none":null,"é":{"z":true,"B":false}}"#
        )
    }

    @Test func writesPrettyText() throws {
        let value = try JSONValue(parsing: #"{"a":[1,{"b":null}],"c":{},"d":[],"e":"x"}"#)
        let expected = """
            {
              "a": [
                1,
                {
                  "b": null
                }
              ],
              "c": {},
              "d": [],
              "e": "x"
            }
            """
        #expect(value.prettyText == expected)
        #expect(try JSONValue(parsing: value.prettyText) == value)
    }

    @Test func sortsKeysByBytesAndLeavesNullMembersOutOfTheCanonicalForm() throws {
        let value = try JSONValue(
            parsing: #"{"é":1,"b":{"y":null,"x":[null,2.0]},"B":null,"aa":3,"a":{"n":null},"～":1,"😀":1}"#
        )
        #expect(
            String(decoding: value.canonical, as: UTF8.self)
                == #"{"a":{},"aa":3,"b":{"x":[null,2.0]},"é":1,"～":1,"😀":1}"#
        )
    }

    @Test(arguments: 0..<40)
    func escapesWhereverACharacterStands(position: Int) throws {
        for special in ["\"", "\\", "\u{0}", "\u{1F}", "\t", "\u{8}", "\u{C}", "\r"] {
            let text = String(repeating: "x", count: position) + special + String(repeating: "ÿ", count: 40 - position)
            let written = JSONValue.string(text).text
            #expect(try JSONValue(parsing: written) == .string(text))
            #expect(written.utf8.allSatisfy { $0 >= 0x20 })
        }
    }
}
