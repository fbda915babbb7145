package import JSON
package import Kubernetes
package import Rollout

/// Where the loop's news go.
package protocol RolloutEventSink: Sendable {
    /// Tells `event` about `canary`, the whole object. It never fails: news that cannot be told are lost.
    func tell(_ event: RolloutEvent, about canary: JSONValue) async
}

extension EventRecorder: RolloutEventSink {
    /// Writes a core/v1 Event.
    package func tell(_ event: RolloutEvent, about canary: JSONValue) async {
        await record(
            event.isWarning ? .warning : .normal,
            reason: event.reason.rawValue,
            message: event.message,
            about: canary
        )
    }
}
