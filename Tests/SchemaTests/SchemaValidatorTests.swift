import JSON
import Schema
import Testing

/// A schema with one of everything.
enum Sample {
    static let schema = Schema.object(
        "A thing.",
        [
            .optional("name", .string("Its name.", format: .dnsLabel)),
            .required("size", .integer("How big.", Bounds(1, 10))),
            .optional("ratio", .number("A ratio.", Bounds(nil, 1))),
            .optional("colour", .string("Its colour.", choices: ["red", "green"]).standing(for: "red")),
            .optional("isOn", .boolean("Whether it is on.")),
            .optional("port", .integerOrString("A port.")),
            .optional("labels", .map("Labels.", of: .string("The value."))),
            .optional("raw", .freeForm("Anything.")),
            .optional("old", .string("Old.").deprecated("write colour")),
            .optional(
                "parts",
                .list(
                    "Parts.",
                    of: .object(
                        "A part.",
                        [
                            .required("id", .string("The part's id.")),
                            .optional("wait", .string("A time.", format: .duration).standing(for: "1s", unless: "raw")),
                            .optional("raw", .boolean("Raw.")),
                        ]
                    )
                )
            ),
            .optional("inner", .object("More.", [.optional("depth", .integer("How deep."))])),
        ],
        retired: [
            RetiredField(
                name: "pieces",
                replacement: "parts",
                explanation: Explanation("thing/renamed", "was renamed to parts", "move it to parts")
            )
        ]
    )
}

@Suite struct SchemaValidatorTests {
    private func texts(_ value: JSONValue) -> [String] {
        SchemaValidator(prefix: "thing", schema: Sample.schema).findings(in: value).map {
            "\($0.severity) \($0.value ?? "-") \($0.text)"
        }
    }

    @Test func acceptsWhatFits() {
        let value: JSONValue = [
            "name": "a-1", "size": 10, "ratio": -0.5, "colour": "green", "isOn": false, "port": "http",
            "labels": ["a.b/c": "d"], "raw": [1, ["x": .null]], "parts": [["id": "1", "wait": "1m30s"]], "inner": [:],
        ]
        #expect(texts(value).isEmpty)
    }

    @Test func takesNullForAbsent() {
        #expect(texts(["size": 1, "name": .null, "parts": .null]).isEmpty)
        #expect(texts(["size": .null]).count == 1)
    }

    @Test(
        arguments: [
            ([:], ["deny - size: must be there; write a whole number, 1 to 10 [thing/missing-field]"]),
            ([], ["deny [] : must be an object, not a list; write its fields below it, indented [thing/wrong-type]"]),
            (["size": 11], ["deny 11 size: more than 10; write 1 to 10 [thing/out-of-range]"]),
            (["size": 0], ["deny 0 size: less than 1; write 1 to 10 [thing/out-of-range]"]),
            (["size": 1.5], ["deny 1.5 size: must be a whole number; write 1 or 2 [thing/not-a-whole-number]"]),
            (
                ["size": "3"],
                [
                    """
                    deny "3" size: must be a whole number, not a string; write 3 without quotes [thing/wrong-type]
                    """
                ]
            ),
            (["size": 1, "ratio": 2], ["deny 2 ratio: more than 1; write 1 or less [thing/out-of-range]"]),
            (
                ["size": 1, "colour": "gren"],
                [
                    """
                    deny "gren" colour: not a known value; did you mean "green"? Write one of red, green \
                    [thing/not-a-choice]
                    """
                ]
            ),
            (
                ["size": 1, "isOn": "true"],
                [
                    """
                    deny "true" isOn: must be true or false, not a string; write true without quotes [thing/wrong-type]
                    """
                ]
            ),
            (
                ["size": 1, "port": 8.5],
                ["deny 8.5 port: must be a whole number; write 8 or 9 [thing/not-a-whole-number]"]
            ),
            (
                ["size": 1, "labels": ["a.b/c": 5]],
                ["deny 5 labels[a.b/c]: must be a string, not a number; put it in quotes: \"5\" [thing/wrong-type]"]
            ),
            (["size": 1, "old": "x"], ["warn \"x\" old: deprecated; write colour [thing/deprecated-field]"]),
            (
                ["size": 1, "parts": [["id": "1"], ["wait": "5min"]]],
                [
                    "deny - parts[1].id: must be there; write a string [thing/missing-field]",
                    """
                    deny "5min" parts[1].wait: not a duration such as 30s or 1m30s; write 5m [thing/not-a-go-duration]
                    """,
                ]
            ),
        ] as [(JSONValue, [String])]
    )
    func says(value: JSONValue, expected: [String]) {
        #expect(texts(value) == expected)
    }

    @Test(
        arguments: [
            (["sise": 3], ["deny 3 sise: unknown field; did you mean \"size\"? [thing/unknown-field]"]),
            (["SIZE": 3], ["deny 3 SIZE: unknown field; did you mean \"size\"? [thing/unknown-field]"]),
            (
                ["size": 1, "depth": 3],
                ["deny 3 depth: unknown field; \"depth\" belongs under inner [thing/unknown-field]"]
            ),
            (
                ["size": 1, "inner": ["wait": "1s"]],
                ["deny \"1s\" inner.wait: unknown field; \"wait\" belongs under parts[] [thing/unknown-field]"]
            ),
            (
                ["size": 1, "inner": ["zzz": [:]]],
                ["deny {} inner.zzz: unknown field; remove it; known here are depth [thing/unknown-field]"]
            ),
            (
                ["size": 1, "pieces": [["wait": "x"]]],
                [
                    "deny [...] pieces: was renamed to parts; move it to parts [thing/renamed]",
                    "deny - pieces[0].id: must be there; write a string [thing/missing-field]",
                    """
                    deny "x" pieces[0].wait: not a Go duration; write a duration such as 30s or 1m30s \
                    [thing/not-a-go-duration]
                    """,
                ]
            ),
        ] as [(JSONValue, [String])]
    )
    func saysWhereAnUnknownFieldBelongs(value: JSONValue, expected: [String]) {
        #expect(texts(value) == expected)
    }
}
