package import Admission
package import JSON
package import Platform
import Schema

/// Writes a Canary's defaults into it, where everyone can see them.
///
/// `POST /mutate/canaries`.
///
/// It refuses a wrong Canary as the validator does: the API server checks an object against its CRD between the two,
/// and would otherwise speak first, in fewer words and of one kind of fault alone.
///
/// Where our loop drives the Canaries it puts on the finalizer by which the loop hands over before one goes, and lets
/// nobody but the loop take that off, see `Handover`; and a broken glass, by which the loop lets a Canary go at once, is put on
/// by who may break it.
package struct CanaryDefaulter: Webhook {
    package let path = "/mutate/canaries"
    package let isMutating = true

    /// Fail: an object that nobody has judged must not be stored.
    package let failurePolicy = FailurePolicy.fail

    private let judge: Judge
    private let loop: String?

    /// The defaulter that asks `judge`; `loop` is the user as whom our loop asks, nil where there is none.
    package init(judge: Judge, loop: String? = nil) {
        self.judge = judge
        self.loop = loop
    }

    /// The defaulter of Canaries that our loop drives, or Flagger where `isDriving` is false.
    package init(isDriving: Bool = true) { self.init(judge: Judge(isDriving: isDriving)) }

    /// The defaults as a patch, or what has to be corrected first.
    ///
    /// Applied to its own outcome it gives no patch.
    package func verdict(on request: AdmissionRequest, in view: ClusterView, now: Timestamp) -> Verdict {
        let keeping = loop.flatMap { HandoverKeeping(request, loop: $0) }
        if let removal = keeping?.verdictOnRemoval(in: view, now: now) { return removal }
        let glass = keeping?.verdictOnGlass(in: view, now: now)
        if let glass, !glass.isAllowed { return glass }
        var verdict = judged(request, in: view)
        guard let keeping, verdict.isAllowed else { return verdict }
        verdict.brokenGlass = glass?.brokenGlass
        verdict.lookup = glass?.lookup
        verdict.warnings += glass?.warnings ?? []
        verdict.patch.operations += keeping.patch.operations
        verdict.warnings += keeping.warnings
        return verdict
    }

    private func judged(_ request: AdmissionRequest, in view: ClusterView) -> Verdict {
        guard request.isJudged, !request.leavesSpec, let object = request.placedObject else { return .allowed }
        let refusals = judge.refusals(of: object, as: .canary, sentIn: request.sentVersion, in: view)
        // Whoever has to correct something is told of all there is at once.
        guard refusals.findings.isEmpty else { return request.verdict(on: .canary, by: judge, in: view) }
        return Verdict(patch: Self.defaults(for: object))
    }

    /// The changes that fill in what `canary` leaves out.
    package static func defaults(for canary: JSONValue) -> JSONPatch {
        var patch = CanarySchema.object.defaults(for: canary)
        if let service = canary[path: "spec", "service"], service["targetPort"] == nil, let port = service["port"] {
            patch.operations.append(.add(JSONPointer(["spec", "service", "targetPort"]), port))
        }
        for (index, hook) in (canary[path: "spec", "analysis", "webhooks"]?.array ?? []).enumerated()
        where hook["type"] == "" {
            let place = JSONPointer(["spec", "analysis", "webhooks", String(index), "type"])
            patch.operations.append(.replace(place, "rollout"))
        }
        return patch
    }
}
