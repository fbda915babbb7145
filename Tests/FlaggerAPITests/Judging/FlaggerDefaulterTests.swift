import Admission
import FlaggerAPI
import JSON
import Schema
import Testing

@Suite(.timeLimit(.minutes(1))) struct FlaggerDefaulterTests {
    private func verdict(_ object: JSONValue, _ kind: FlaggerKind, old: JSONValue? = nil) throws -> Verdict {
        let request = try CanaryFixture.request(object, old: old, kind: kind.rawValue)
        return FlaggerDefaulter(kind).verdict(on: request, in: ClusterView(), now: CanaryFixture.now)
    }

    @Test(arguments: [FlaggerKind.metricTemplate, .alertProvider])
    func leavesAGoodOneAlone(kind: FlaggerKind) throws {
        #expect(try verdict(ExampleCluster.good(kind), kind) == .allowed)
    }

    @Test(arguments: [(FlaggerKind.metricTemplate, ["spec", "provider", "type"]), (.alertProvider, ["spec", "type"])])
    func refusesAWrongOneWithEveryFault(kind: FlaggerKind, place: [String]) throws {
        var wrong = ExampleCluster.good(kind).merging(["spec": ["xyzzy": 1]])
        wrong = try JSONPatch([.replace(JSONPointer(place), "nobody")]).applied(to: wrong)
        #expect(
            try verdict(wrong, kind).findings.map(\.rule) == [
                "\(kind.prefix)/unknown-field", "\(kind.prefix)/not-a-choice", "\(kind.prefix)/not-supported-yet",
            ]
        )
        #expect(try verdict(wrong, kind, old: wrong) == .allowed)
    }
}
