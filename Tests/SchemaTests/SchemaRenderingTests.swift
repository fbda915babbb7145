import JSON
import Schema
import Testing

@Suite struct SchemaRenderingTests {
    @Test func fillsInDefaultsOnce() throws {
        let value: JSONValue = [
            "size": 1, "parts": [["id": "1"], ["id": "2", "raw": true], ["id": "3", "wait": "2s"]],
        ]
        let patch = Sample.schema.defaults(for: value)
        let filled = try patch.applied(to: value)
        #expect(
            filled == [
                "size": 1, "colour": "red",
                "parts": [["id": "1", "wait": "1s"], ["id": "2", "raw": true], ["id": "3", "wait": "2s"]],
            ]
        )
        #expect(Sample.schema.defaults(for: filled).isEmpty)
    }

    @Test func fillsNothingIntoWhatIsNotThere() {
        #expect(Sample.schema.defaults(for: "text").isEmpty)
        #expect(Sample.schema.defaults(for: ["colour": "green"]).isEmpty)
    }

    @Test func rendersOpenAPI() {
        let schema = Schema.object(
            "A thing.",
            [
                .required("size", .integer("How big.", Bounds(1, 10)).standing(for: 3)),
                .optional("colour", .string("Its colour.", choices: ["red"]).deprecated("write size")),
                .optional("wait", .string("A time.", format: .queryWindow)),
                .optional("port", .integerOrString("A port.")),
                .optional("tags", .map("Tags.", of: .list("Values.", of: .boolean("One.")))),
                .optional("raw", .freeForm("")),
            ]
        )
        #expect(
            schema.openAPI == [
                "description": "A thing.",
                "type": "object",
                "x-kubernetes-preserve-unknown-fields": true,
                "required": ["size"],
                "properties": [
                    "size": ["description": "How big. Default: 3.", "type": "integer", "minimum": 1, "maximum": 10],
                    "colour": [
                        "description": "Its colour. Deprecated: write size.", "type": "string", "enum": ["red"],
                    ],
                    "wait": [
                        "description": "A time.", "type": "string",
                        "pattern": "^([0-9]+h)?([0-9]+m)?([0-9]+s)?([0-9]+ms)?$",
                    ],
                    "port": ["description": "A port.", "x-kubernetes-int-or-string": true],
                    "tags": [
                        "description": "Tags.", "type": "object",
                        "additionalProperties": [
                            "description": "Values.", "type": "array",
                            "items": ["description": "One.", "type": "boolean"],
                        ],
                    ],
                    "raw": ["x-kubernetes-preserve-unknown-fields": true],
                ],
            ]
        )
    }

    @Test func writesPathsAsKubectlDoes() {
        let path = FieldPath("spec", "metrics").element(0).member("name")
        #expect(path.description == "spec.metrics[0].name")
        #expect(path.tokens == ["spec", "metrics", "0", "name"])
        #expect(FieldPath("metadata", "annotations", "a.b/c").description == "metadata.annotations[a.b/c]")
    }

    @Test func showsValuesOnOneLine() {
        #expect(Finding.shown("a\nb") == "\"a b\"")
        #expect(Finding.shown(.string(String(repeating: "x", count: 100))).count == 64)
        #expect(Finding.shown(["a": 1]) == "{...}")
        #expect(Finding.shown([]) == "[]")
        #expect(Finding.shown(1.50) == "1.5")
    }
}
