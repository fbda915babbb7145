package import JSON
package import Logging
package import Platform

/// Writes core/v1 Events about objects.
package struct EventRecorder: Sendable {
    /// How an Event is shown.
    package enum Kind: String, Sendable {
        /// Things go as they should.
        case normal = "Normal"
        /// Somebody should look.
        case warning = "Warning"
    }

    /// How often a free name is looked for; names are taken by what another process wrote in the same nanosecond.
    private static let nameAttempts = 5

    private let api: any KubernetesAPI
    private let clock: any WallClock
    private let component: String
    private let logger: Logger
    private let memory = Locked(EventMemory())

    /// A recorder whose Events name `component` as their source.
    package init(
        api: any KubernetesAPI,
        clock: any WallClock,
        component: String,
        logger: Logger = Logger(label: "canarygate.events")
    ) {
        self.api = api
        self.clock = clock
        self.component = component
        self.logger = logger
    }

    /// Records `message` about `object`.
    ///
    /// The same message about the same object within ten minutes counts up the Event that is there. A failure is
    /// logged and dropped.
    package func record(_ kind: Kind, reason: String, message: String, about object: JSONValue) async {
        let occurrence = EventOccurrence(
            subject: object.reference,
            kind: kind.rawValue,
            reason: reason,
            message: message
        )
        do throws(KubernetesError) {
            try await write(occurrence)
        } catch {
            logger.warning(
                "event dropped",
                metadata: [
                    "error.message": "\(error)", "event.reason": "\(reason)", "kube.object": "\(object.key)",
                ]
            )
        }
    }

    private func write(_ occurrence: EventOccurrence) async throws(KubernetesError) {
        let now = clock.now()
        let repeated = memory.withLock { memory in memory.countUp(occurrence, at: now) }
        if let repeated {
            do throws(KubernetesError) {
                let changes: JSONValue = [
                    "count": .number(JSONNumber(repeated.count)), "lastTimestamp": .string(now.rfc3339),
                ]
                _ = try await api.patch(.events, repeated.key, .merge(changes), subresource: nil)
                return
            } catch {
                // The server forgets Events after an hour: written anew below.
                guard error.isNotFound else { throw error }
            }
        }
        try await create(occurrence, at: now)
    }

    private func create(_ occurrence: EventOccurrence, at now: Timestamp) async throws(KubernetesError) {
        var attempt = 1
        while true {
            let key = memory.withLock { memory in memory.newKey(for: occurrence, at: now) }
            do throws(KubernetesError) {
                let event = occurrence.event(key, component: component, at: now)
                _ = try await api.create(.events, event, namespace: key.namespace)
                memory.withLock { memory in memory.remember(occurrence, key, at: now) }
                return
            } catch {
                guard error.isAlreadyExists, attempt < Self.nameAttempts else { throw error }
                attempt += 1
            }
        }
    }
}

extension JSONValue {
    /// An ObjectReference to this object.
    package var reference: JSONValue {
        var reference: JSONValue = .object(JSONObject())
        for field in ["apiVersion", "kind"] { reference[field] = self[field] }
        for field in ["name", "namespace", "uid", "resourceVersion"] {
            reference[field] = self[path: "metadata", field]
        }
        return reference
    }
}
