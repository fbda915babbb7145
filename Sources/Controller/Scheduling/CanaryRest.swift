package import FlaggerAPI
package import JSON

/// Whether a Canary is at rest: nothing of it is under way, and only a change makes it move.
package enum CanaryRest {
    /// The phases between two runs.
    package static let phases: Set<CanaryPhase> = [.initialized, .succeeded, .failed, .terminating, .terminated]

    /// Whether `canary`, as it is stored, is at rest; a phase that is not known is not.
    package static func isResting(_ canary: JSONValue) -> Bool {
        if canary[path: "spec", "suspend"]?.bool == true { return true }
        let phase = CanaryPhase(rawValue: canary[path: "status", "phase"]?.string ?? "")
        return phase.map { phases.contains($0) } ?? false
    }
}
