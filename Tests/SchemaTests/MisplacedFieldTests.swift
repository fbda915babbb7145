import JSON
import Schema
import Testing

/// What is said of an unknown field: misspelt here, or right elsewhere.
@Suite(.timeLimit(.minutes(1))) struct MisplacedFieldTests {
    private let schema = Schema.object(
        "A thing.",
        [
            .optional("metrics", .list("Metrics.", of: .object("One.", [.optional("name", .string("Its name."))]))),
            .optional(
                "service",
                .object(
                    "A service.",
                    [.optional("retries", .integer("How often.")), .optional("port", .integer("A port."))]
                )
            ),
            .optional("depth", .integer("How deep.")),
        ]
    )

    private func remedies(_ value: JSONValue) -> [String] {
        SchemaValidator(prefix: "thing", schema: schema).findings(in: value).map { "\($0.path): \($0.remedy)" }
    }

    @Test func aSlipOfOneLetterIsASlip() {
        #expect(remedies(["metrisc": []]) == ["metrisc: did you mean \"metrics\"?"])
    }

    /// `retries` is two letters from `metrics`.
    @Test func aFieldOfAnotherObjectBelongsThere() {
        #expect(remedies(["retries": 3]) == ["retries: \"retries\" belongs under service"])
    }

    @Test func aFieldOneLevelTooLowBelongsAbove() {
        #expect(remedies(["metrics": [["metrics": []]]]).isEmpty == false)
        #expect(remedies(["service": ["depth": 1]]) == ["service.depth: remove it; known here are retries, port"])
    }

    /// `type` stands under `metrics[].range` and nowhere near `service`.
    @Test func aFieldOfAFarObjectWasNotMeant() {
        let range = Schema.object("A range.", [.optional("type", .string("Its type."))])
        let metric = Schema.object("One.", [.optional("range", range), .optional("url", .string("Where."))])
        let schema = Schema.object(
            "A thing.",
            [
                .optional("metrics", .list("Metrics.", of: metric)),
                .optional("service", .object("A service.", [.optional("port", .integer("A port."))])),
            ]
        )
        func remedy(_ value: JSONValue) -> String? {
            SchemaValidator(prefix: "thing", schema: schema).findings(in: value).first?.remedy
        }
        #expect(remedy(["service": ["type": "x"]]) == "remove it; known here are port")
        #expect(remedy(["service": ["url": "x"]]) == "\"url\" belongs under metrics[]")
        #expect(remedy(["metrics": [["type": "x"]]]) == "\"type\" belongs under metrics[].range")
    }

    /// In quotes a number is no duration either.
    @Test func aNumberInPlaceOfADurationLacksItsUnit() {
        let schema = Schema.object("A thing.", [.optional("interval", .string("How often.", format: .duration))])
        let findings = SchemaValidator(prefix: "thing", schema: schema).findings(in: ["interval": 30])
        #expect(findings.map(\.message) == ["must be a string, not a number; write 30s [thing/wrong-type]"])
    }

    @Test func nobodyGuessesForEver() {
        var object = JSONObject()
        for index in 0..<3_000 { object["metrisc\(index)"] = 1 }
        let remedies = remedies(.object(object))
        #expect(remedies.count == 3_000)
        #expect(remedies.last == "metrisc2999: remove it; known here are metrics, service, depth")
    }
}
