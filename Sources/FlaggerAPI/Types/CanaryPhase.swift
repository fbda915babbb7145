/// Where a Canary stands.
///
/// Source: Flagger's `status.phase`.
package enum CanaryPhase: String, Hashable, Sendable, CaseIterable {
    /// Nothing has happened yet.
    case new = ""
    /// The primary and what leads to it are being made.
    case initializing = "Initializing"
    /// The primary serves; no revision has been analysed yet, or the last one was taken back.
    case initialized = "Initialized"
    /// A revision waits for its confirm-rollout hooks.
    case waiting = "Waiting"
    /// A revision is being analysed.
    case progressing = "Progressing"
    /// The analysis is through; the confirm-promotion hooks are not.
    case waitingPromotion = "WaitingPromotion"
    /// The primary is being given the revision.
    case promoting = "Promoting"
    /// The primary has the revision; the traffic goes back to it and the canary's pods away.
    case finalising = "Finalising"
    /// The revision is the primary's.
    case succeeded = "Succeeded"
    /// The revision was rolled back.
    case failed = "Failed"
    /// The Canary is being deleted.
    case terminating = "Terminating"
    /// The Canary has been taken apart.
    case terminated = "Terminated"

    /// The status of the condition `Promoted` in this phase.
    package var promoted: String {
        switch self {
        case .initialized, .succeeded: "True"
        case .failed: "False"
        default: "Unknown"
        }
    }

    /// The message of the condition `Promoted` in this phase, for a target of `kind`.
    package func message(kind: String) -> String {
        switch self {
        case .new, .initializing, .terminating, .terminated: "New \(kind) detected, starting initialization."
        case .initialized: "\(kind) initialization completed."
        case .waiting, .waitingPromotion: "Waiting for approval."
        case .progressing: "New revision detected, progressing canary analysis."
        case .promoting: "Canary analysis completed, starting primary rolling update."
        case .finalising: "Canary analysis completed, routing all traffic to primary."
        case .succeeded: "Canary analysis completed successfully, promotion finished."
        case .failed: "Canary analysis failed, \(kind) scaled to zero."
        }
    }
}
