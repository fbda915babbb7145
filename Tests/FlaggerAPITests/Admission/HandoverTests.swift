import Admission
import FlaggerAPI
import JSON
import Kubernetes
import Platform
import Testing

/// The finalizer by which the loop hands over before a Canary goes.
@Suite(.timeLimit(.minutes(1))) struct HandoverTests {
    private static let loop = "system:serviceaccount:canarygate-system:canarygate"
    private let kept: JSONValue = ["canarygate.dev/handover"]

    private func verdict(
        _ object: JSONValue,
        old: JSONValue? = nil,
        by username: String = "admin",
        loop: String? = Self.loop,
        in view: ClusterView = ClusterView()
    ) throws -> Verdict {
        let request = AdmissionRequest(
            uid: "u-1",
            group: "flagger.app",
            version: "v1beta1",
            resource: "canaries",
            kind: "Canary",
            name: "podinfo",
            namespace: "test",
            operation: old == nil ? .create : .update,
            username: username,
            object: try JSONDocument(parsing: object.serialized).root,
            oldObject: try old.map { try JSONDocument(parsing: $0.serialized).root }
        )
        return CanaryDefaulter(judge: Judge(), loop: loop).verdict(on: request, in: view, now: CanaryFixture.now)
    }

    private func canary(
        finalizers: JSONValue?,
        isLeaving: Bool = false,
        annotations: JSONValue? = nil
    ) throws -> JSONValue {
        var canary = CanaryFixture.good
        canary[path: "metadata", "finalizers"] = finalizers
        canary[path: "metadata", "annotations"] = annotations
        if isLeaving { canary[path: "metadata", "deletionTimestamp"] = "2025-11-25T00:00:00Z" }
        return canary
    }

    /// The finalizers after the patch, which gives no further one.
    private func finalizers(_ object: JSONValue, old: JSONValue? = nil) throws -> JSONValue? {
        let result = try verdict(object, old: old).patch.applied(to: object)
        #expect(try verdict(result, old: old).patch.isEmpty)
        return result[path: "metadata", "finalizers"]
    }

    @Test func isPutOnANewCanary() throws {
        #expect(try finalizers(canary(finalizers: nil)) == kept)
        #expect(try finalizers(canary(finalizers: ["a.b/c"])) == ["a.b/c", "canarygate.dev/handover"])
    }

    @Test func isPutOnAnOldCanaryAtAnyChange() throws {
        let old = try canary(finalizers: nil)
        var touched = old
        touched[path: "metadata", "labels", "team"] = "web"
        #expect(try finalizers(touched, old: old) == kept)
    }

    @Test func isKeptWhereAManifestLeavesItOut() throws {
        let (old, sent) = (try canary(finalizers: kept), try canary(finalizers: nil))
        #expect(try finalizers(sent, old: old) == kept)
        #expect(
            try verdict(sent, old: old).warnings == [
                "the finalizer canarygate.dev/handover stays: with it the target gets its traffic back before the canary goes"
            ]
        )
        #expect(try verdict(old, old: old).warnings.isEmpty)
    }

    @Test func isNotPutOnByOtherLoopsNorOnWhatLeaves() throws {
        let free = try canary(finalizers: nil)
        #expect(try verdict(free, loop: nil).patch.applied(to: free)[path: "metadata", "finalizers"] == nil)
        var bare = CanaryFixture.good
        bare["metadata"] = nil
        #expect(throws: Never.self) { try verdict(bare).patch.applied(to: bare) }
        let leaving = try canary(finalizers: [], isLeaving: true)
        #expect(try verdict(leaving, old: leaving).patch.isEmpty)
    }

    @Test func isTakenOffByTheLoopAlone() throws {
        let (old, sent) = (try canary(finalizers: kept, isLeaving: true), try canary(finalizers: nil, isLeaving: true))
        #expect(try verdict(sent, old: old, by: Self.loop) == .allowed)
        #expect(
            try verdict(sent, old: old).forbidden == """
                canary/podinfo: only the loop takes off the finalizer canarygate.dev/handover, when the target has its \
                pods and its traffic back; see how far it is with: kubectl -n test describe canary/podinfo; or, to let \
                it go all the same: kubectl -n test annotate canary/podinfo canarygate.dev/break-glass='<reason>'
                """
        )
        // Other finalizers are none of its business.
        let both = try canary(finalizers: ["canarygate.dev/handover", "a.b/c"], isLeaving: true)
        #expect(try verdict(old, old: both) == .allowed)
    }

    /// With one on it the loop lets the Canary go at once, so it takes permission to put it there.
    @Test func aBrokenGlassIsPutOnByWhoMay() throws {
        let glass: JSONValue = ["canarygate.dev/break-glass": "the cluster goes"]
        for isLeaving in [false, true] {
            let old = try canary(finalizers: kept, isLeaving: isLeaving)
            let sent = try canary(finalizers: kept, isLeaving: isLeaving, annotations: glass)
            #expect(try verdict(sent, old: old).forbidden?.contains("is being looked up") == true)
            #expect(try verdict(sent, old: sent).isAllowed)
            #expect(try verdict(old, old: sent).isAllowed)
            #expect(try verdict(sent, old: old, loop: nil).isAllowed)
            var view = ClusterView()
            let admin = AccessQuestion(username: "admin", groups: [], namespace: "test")
            view.record(admin, isAllowed: true, at: CanaryFixture.now)
            let verdict = try verdict(sent, old: old, in: view)
            #expect(verdict.warnings == ["break-glass on canary/podinfo: the cluster goes"])
            #expect(verdict.brokenGlass?.title == "canary/podinfo")
        }
        #expect(try !verdict(canary(finalizers: nil, annotations: glass)).isAllowed)
    }

    @Test func isTakenOffWithABrokenGlass() throws {
        let glass: JSONValue = ["canarygate.dev/break-glass": "the loop is gone"]
        let old = try canary(finalizers: kept, isLeaving: true, annotations: glass)
        let sent = try canary(finalizers: nil, isLeaving: true, annotations: glass)
        #expect(try verdict(sent, old: old).forbidden?.contains("is being looked up") == true)
        var view = ClusterView()
        let admin = AccessQuestion(username: "admin", groups: [], namespace: "test")
        view.record(admin, isAllowed: true, at: CanaryFixture.now)
        let verdict = try verdict(sent, old: old, in: view)
        #expect(verdict.isAllowed)
        #expect(verdict.brokenGlass?.username == "admin")
    }
}
