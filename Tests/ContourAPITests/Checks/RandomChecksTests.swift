import ContourAPI
import JSON
import Schema
import TestSupport
import Testing

/// Objects of any shape: nothing traps, and what is told keeps its form.
@Suite(.timeLimit(.minutes(1))) struct RandomChecksTests {
    @Test func tellTheSameTwiceInOneLineEach() throws {
        let sound = try CheckedProxy.proxy(WholeProxyTests.spec)
        var faults = 0
        for seed in 0..<120 {
            var values = SeededValues(seed: UInt64(seed))
            var proxy = sound
            proxy["spec"] = values.changed(sound["spec"] ?? .null, depth: 6)
            let checks = ProxyChecks(proxy, answers: TableOfNeighbours())
            let found = checks.faults()
            faults += found.count
            #expect(found == checks.faults())
            for fault in found {
                let text = fault.finding.problem + fault.finding.remedy
                #expect(text.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7f })
                #expect((fault.reach == .unreported) == (fault.finding.reported == nil))
                #expect(fault.reach != .note || fault.finding.severity == .warn)
                #expect(!fault.isConsequence)
            }
        }
        #expect(faults > 120)
    }

    @Test func keepLongValuesShort() throws {
        let spec = "{routes: [{conditions: [{prefix: \(String(repeating: "a", count: 5_000))}]}]}"
        let texts = try CheckedProxy.checks(spec).faults().map(\.finding.text)
        #expect(texts.count == 2)
        #expect(texts.allSatisfy { $0.unicodeScalars.count < 1_000 })
    }
}
