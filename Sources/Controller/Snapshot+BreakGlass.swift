import FlaggerAPI
import Gate
import JSON
import Kubernetes
import Platform
import Rollout

/// The broken glasses on what the loop looks after.
extension Snapshot {
    /// The broken glasses on all that the loop looks after: those that count, and the objects of those whose time is up.
    func breakGlassUses(at now: Timestamp) -> (valid: [BreakGlassUse], expired: [String]) {
        var (valid, expired): ([BreakGlassUse], [String]) = ([], [])
        for (type, object) in looked {
            guard let reason = Self.breakGlass(on: object) else { continue }
            let title = Self.title(type, object)
            if Self.isExpired(object, now) {
                expired.append(title)
                continue
            }
            if let known = known(title, reason) {
                valid.append(known)
                continue
            }
            let author = glassAuthors[title] ?? Self.glassAuthor(of: object)
            valid.append(BreakGlassUse(object: title, reason: reason, by: author.name, at: author.time))
        }
        return (valid, expired)
    }

    /// Asks once who broke a glass of which nothing is written down yet: caches do not keep who wrote what.
    ///
    /// One that may not be read, or is gone by now, goes without a name.
    mutating func readGlassAuthors(
        from api: any KubernetesAPI,
        at now: Timestamp
    ) async throws(KubernetesError) {
        for (type, object) in looked {
            let title = Self.title(type, object)
            guard let reason = Self.breakGlass(on: object), known(title, reason) == nil,
                !Self.isExpired(object, now), object[path: "metadata", "managedFields"] == nil
            else { continue }
            do {
                glassAuthors[title] = Self.glassAuthor(of: try await api.getWhole(type, object.key))
            } catch {
                guard error.isNotFound || error.code == 403 else { throw error }
            }
        }
    }

    /// `state`, which is that of `object`; one on which somebody has broken the glass counts as it should be, so that the loop
    /// leaves it alone.
    func left(_ state: ObjectState, of object: JSONValue?, at now: Timestamp) -> ObjectState {
        guard state == .differs, let object, Self.breakGlass(on: object) != nil, !Self.isExpired(object, now) else {
            return state
        }
        return .current
    }

    /// What the loop looks after: the Canary, its target, and what it owns.
    private var looked: [(type: ResourceType, object: JSONValue)] {
        var objects: [(type: ResourceType, object: JSONValue)] = [(.canaries, canary.object)]
        if let target { objects.append((canary.targetKind.resourceType, target)) }
        return objects + owned
    }

    /// What the status says of a glass that was broken for `reason`; nil when it does not know of it.
    private func known(_ title: String, _ reason: String) -> BreakGlassUse? {
        canary.status.breakGlass.first { $0.object == title && $0.reason == reason }
    }

    private static func title(_ type: ResourceType, _ object: JSONValue) -> String {
        "\(type.kind.lowercased())/\(object.name)"
    }

    private static func glassAuthor(of object: JSONValue) -> FieldAuthor {
        FieldAuthor(of: object, ["metadata", "annotations", GateAnnotations.breakGlass])
    }

    /// The reason of a broken glass on `object`, in one line; nil without one that says something.
    static func breakGlass(on object: JSONValue) -> String? {
        guard let text = object.annotation(GateAnnotations.breakGlass) else { return nil }
        let reason = OneLine.cut(text, to: 250)
        return reason.isEmpty ? nil : reason
    }

    /// Whether the time of the broken glass on `object` is up; a time that cannot be read is no end.
    static func isExpired(_ object: JSONValue, _ now: Timestamp) -> Bool {
        guard let text = object.annotation(GateAnnotations.breakGlassUntil), let end = Timestamp(rfc3339: text) else {
            return false
        }
        return now >= end
    }
}
