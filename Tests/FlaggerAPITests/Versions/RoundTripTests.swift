import FlaggerAPI
import JSON
import TestSupport
import Testing

/// Nothing is lost between the versions, whatever is in an object.
@Suite(.timeLimit(.minutes(1))) struct RoundTripTests {
    @Test(arguments: [
        (CanaryVersions.former, CanaryVersions.current), (CanaryVersions.current, CanaryVersions.former),
    ])
    func givesBackWhatItWasGiven(from version: String, over other: String) throws {
        var converted = 0
        for seed in 0..<1_000 {
            var random = RandomCanary(seed: UInt64(seed))
            let object = random.canary(version)
            let there = try CanaryVersions.converted(object, to: other)
            let back = try CanaryVersions.converted(there, to: version)
            guard back == object, there["apiVersion"]?.string == other else {
                Issue.record("seed \(seed): \(object.text) became \(there.text) and then \(back.text)")
                return
            }
            #expect(there["kind"] == object["kind"])
            #expect(try CanaryVersions.converted(back, to: other) == there)
            if there["spec"] != object["spec"] { converted += 1 }
        }
        #expect(converted > 200, "the objects should be such that there is something to convert")
    }

    @Test func changesNoMetadataButAnnotations() throws {
        for seed in 0..<300 {
            var random = RandomCanary(seed: UInt64(seed))
            for (version, other) in [
                (CanaryVersions.former, CanaryVersions.current), (CanaryVersions.current, CanaryVersions.former),
            ] {
                let object = random.canary(version)
                let converted = try CanaryVersions.converted(object, to: other)
                var (old, new) = (object["metadata"], converted["metadata"])
                for member in old?["annotations"]?.object ?? JSONObject() {
                    #expect(new?["annotations"]?[member.key] == member.value)
                }
                old?["annotations"] = nil
                new?["annotations"] = nil
                #expect(old == new)
            }
        }
    }
}
