import Gate
import JSON
import Testing

@Suite(.timeLimit(.minutes(1))) struct RevisionDigestTests {
    private let configs = ["configmap/podinfo-config": "e9d5e0f9c1a36b04", "secret/podinfo-token": "0b5f0e52a3c9d1e8"]

    @Test func staysWhatItWasInEarlierReleases() {
        #expect(RevisionDigest.of(template: podinfo310) == "2-eddbb3f3ce")
        #expect(RevisionDigest.of(template: podinfo311) == "2-fb3d5ebce6")
        #expect(RevisionDigest.of(template: podinfo310, configs: configs) == "2-eddbb3f3ce-eb4e25c683")
    }

    @Test func isDefinedOnWhatTheServerStoresAndOnWhatWasSentAlike() {
        #expect(RevisionDigest.of(template: fullTemplate) == "2-844208c682")
        #expect(RevisionDigest.of(template: fullTemplate) == RevisionDigest.of(template: shortTemplate))
    }

    @Test func recognisesTheFirstVersion() {
        let stored = PodTemplateRevision.hash(of: podinfo310)
        #expect(RevisionDigest.matches(stored, template: podinfo310))
        #expect(RevisionDigest.matches(stored, template: podinfo310, configs: configs))
        #expect(!RevisionDigest.matches(stored, template: podinfo311))
    }

    @Test func recognisesThePresentVersionByTemplateAndConfigs() {
        let stored = RevisionDigest.of(template: podinfo310, configs: configs)
        #expect(RevisionDigest.matches(stored, template: podinfo310, configs: configs))
        #expect(!RevisionDigest.matches(stored, template: podinfo310))
        #expect(!RevisionDigest.matches(stored, template: podinfo311, configs: configs))
        var changed = configs
        changed["secret/podinfo-token"] = "0b5f0e52a3c9d1e9"
        #expect(!RevisionDigest.matches(stored, template: podinfo310, configs: changed))
    }

    @Test func keepsTheNameThatATemplateHadBeforeAnUpgrade() {
        let old = PodTemplateRevision.hash(of: podinfo310)
        #expect(RevisionDigest.of(template: podinfo310, known: ["", old]) == old)
        #expect(RevisionDigest.of(template: podinfo311, known: [old]) == RevisionDigest.of(template: podinfo311))
        #expect(
            RevisionDigest.of(template: podinfo310, known: ["7c4d9b5f6d"]) == RevisionDigest.of(template: podinfo310)
        )
    }

    @Test func saysTheTemplateAlone() {
        let revision = RevisionDigest.of(template: podinfo310, configs: configs)
        #expect(RevisionDigest.template(of: revision) == RevisionDigest.of(template: podinfo310))
        #expect(RevisionDigest.hasConfigs(revision))
        #expect(!RevisionDigest.hasConfigs(RevisionDigest.of(template: podinfo310)))
        #expect(RevisionDigest.template(of: "eddbb3f3ce") == "eddbb3f3ce")
        #expect(!RevisionDigest.hasConfigs("eddbb3f3ce"))
    }

    /// Taken out one after another, so many would take minutes.
    @Test func passesOverVeryManyAnnotationsOfOurs() {
        var template = podinfo310
        for index in 0..<30_000 { template[path: "metadata", "annotations", "canarygate.dev/a\(index)"] = "" }
        #expect(RevisionDigest.of(template: template) == RevisionDigest.of(template: podinfo310))
    }

    @Test func fitsIntoALabel() throws {
        let label = try Regex("[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?")
        for configs in [[:], configs] {
            #expect(try label.wholeMatch(in: RevisionDigest.of(template: podinfo310, configs: configs)) != nil)
        }
    }
}
