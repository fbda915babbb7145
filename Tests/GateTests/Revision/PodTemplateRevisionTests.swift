import Gate
import JSON
import Testing

@Suite struct PodTemplateRevisionTests {
    @Test func staysWhatItWasInEarlierReleases() {
        #expect(PodTemplateRevision.hash(of: podinfo310) == "eddbb3f3ce")
        #expect(PodTemplateRevision.hash(of: podinfo311) == "fb3d5ebce6")
    }

    @Test func doesNotSeeTheOrderOfMembersNorNulls() {
        let one: JSONValue = ["a": 1, "b": ["c": "d", "e": .null]]
        let other: JSONValue = ["b": ["c": "d"], "a": 1, "f": .null]
        #expect(PodTemplateRevision.hash(of: one) == PodTemplateRevision.hash(of: other))
    }

    @Test func seesTheOrderOfElements() {
        #expect(PodTemplateRevision.hash(of: ["a": [1, 2]]) != PodTemplateRevision.hash(of: ["a": [2, 1]]))
    }

    @Test func isTenHexDigits() {
        for number in 0..<200 {
            let hash = PodTemplateRevision.hash(of: ["n": .number(JSONNumber(number))])
            #expect(hash.count == 10)
            #expect(hash.allSatisfy { $0.isHexDigit && !$0.isUppercase })
        }
    }
}
