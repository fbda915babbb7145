import FlaggerAPI
import Gate
import JSON
import Kubernetes
import Platform
import Rollout

/// Canaries that are being deleted and that no round of the loop would bring to their end.
extension Controller {
    /// Takes the finalizers of the hand-over off `object` where there is nothing that it could hand over, or somebody has
    /// broken the glass on what nobody can read; nil where a round is to go on with it.
    ///
    /// Where another Canary drives its target, target and primary are that one's, and nothing is done to them.
    func letGo(_ object: JSONValue) async throws -> Ending? {
        guard object[path: "metadata", "deletionTimestamp"] != nil else { return nil }
        let refusal = schedule.refusal(of: object.key)
        let canary = Self.readable(object)
        // The usual way: the state machine lets go, or hands over.
        if refusal == nil, canary != nil { return nil }
        let isHeld = Workshop.finalizers(of: object).contains { Snapshot.handOverFinalizers.contains($0) }
        guard isHeld else { return refusal == nil ? nil : Ending(.still, .after(settings.restingPoll)) }
        let name = "\(object.name).\(object.namespace ?? "")"
        if let reason = Snapshot.breakGlass(on: object), !Snapshot.isExpired(object, clock.now()) {
            let message = "Letting go of \(name) without a hand-over, break-glass: \(reason)"
            return try await letGo(object, .warning(.breakGlass, message))
        }
        guard let refusal, let canary else { return nil }
        let snapshot = try await Snapshot.read(canary, from: api, settings.copying, at: clock.now())
        guard snapshot.owned.allSatisfy({ Ownership.foreign($0.object, to: canary) != nil }) else {
            let message =
                "\(refusal); what it has made goes with it and may serve, so it stays; to let go at once: "
                + "kubectl -n \(canary.namespace) annotate canary/\(canary.name) canarygate.dev/break-glass='<reason>'"
            await tell([.warning(.blocked, message)], about: object, isStill: true)
            return Ending(.blocked, .after(settings.restingPoll))
        }
        return try await letGo(object, .normal(.terminating, "Letting go of \(name), which has nothing: \(refusal)"))
    }

    private func letGo(_ object: JSONValue, _ event: RolloutEvent) async throws -> Ending {
        let others = Workshop.finalizers(of: object).filter { !Snapshot.handOverFinalizers.contains($0) }
        let patch = Workshop.patch(finalizers: others.map(JSONValue.string), of: object)
        _ = try await api.patch(.canaries, object.key, .merge(patch), subresource: nil)
        await tell([event], about: object, isStill: false)
        return Ending(.stepped, .again)
    }

    private static func readable(_ object: JSONValue) -> Canary? {
        do {
            return try Canary(object)
        } catch {
            return nil
        }
    }
}
