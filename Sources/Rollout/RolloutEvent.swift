/// Something to tell about a Canary.
///
/// The messages are Flagger's where it has one.
package struct RolloutEvent: Hashable, Sendable {
    /// What kind of news; distinct for each, so that Kubernetes does not fold different ones into one.
    package enum Reason: String, Hashable, Sendable {
        case initialized = "Initialized"
        case suspended = "Suspended"
        case newRevision = "NewRevision"
        case restarted = "Restarted"
        case withdrawn = "Withdrawn"
        case started = "Started"
        case hookPassed = "HookPassed"
        case halted = "Halted"
        case notReady = "NotReady"
        case advanced = "Advanced"
        case drift = "DriftCorrected"
        case waiting = "WaitingForApproval"
        case promoting = "Promoting"
        case promotionFailed = "PromotionFailed"
        case routed = "Routed"
        case promoted = "Promoted"
        case rollingBack = "RollingBack"
        case rolledBack = "RolledBack"
        case blocked = "Blocked"
        case gateOpened = "GateOpened"
        case gatedLate = "GatedLate"
        case configChanged = "ConfigChanged"
        case provenBefore = "ProvenBefore"
        case renamed = "Renamed"
        case breakGlass = "BreakGlass"
        case terminating = "Terminating"
        case handedOver = "HandedOver"

        /// Whether such news tell of something done to the cluster, so that they are true only once it is done.
        package var tellsOfAnAction: Bool {
            switch self {
            case .advanced, .drift, .routed, .gateOpened, .gatedLate, .configChanged, .handedOver: true
            case .initialized, .suspended, .newRevision, .restarted, .withdrawn, .started, .hookPassed, .halted,
                .notReady, .waiting, .promoting, .promotionFailed, .promoted, .rollingBack, .rolledBack, .blocked,
                .provenBefore, .renamed, .breakGlass, .terminating:
                false
            }
        }
    }

    /// What kind of news.
    package let reason: Reason
    /// Whether somebody should look.
    package let isWarning: Bool
    /// The words.
    package let message: String

    /// Things go as they should.
    package static func normal(_ reason: Reason, _ message: String) -> RolloutEvent {
        RolloutEvent(reason: reason, isWarning: false, message: message)
    }

    /// Somebody should look.
    package static func warning(_ reason: Reason, _ message: String) -> RolloutEvent {
        RolloutEvent(reason: reason, isWarning: true, message: message)
    }
}
