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
    private let state = Locked(State())

    private struct State {
        var memory = EventMemory()
        var budget = EventBudget()
    }

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
    /// The same message about the same object within ten minutes counts up the Event that is there. Of an object's
    /// Events of one reason 25 are written at once and then one a minute. What fails or is too much is logged and
    /// dropped; a message is cut to 1,024 bytes.
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
        // What is held back is counted all the same: the next that is written tells the whole number.
        let (repeated, isPaid) = state.withLock { state in
            (state.memory.countUp(occurrence, at: now), state.budget.pay(for: occurrence, at: now))
        }
        guard isPaid else { return logHeldBack(occurrence) }
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

    private func logHeldBack(_ occurrence: EventOccurrence) {
        logger.debug(
            "event held back",
            metadata: [
                "event.reason": "\(occurrence.reason)",
                "kube.object":
                    "\(occurrence.subject["namespace"]?.string ?? "")/\(occurrence.subject["name"]?.string ?? "")",
            ]
        )
    }

    private func create(_ occurrence: EventOccurrence, at now: Timestamp) async throws(KubernetesError) {
        var attempt = 1
        while true {
            let key = state.withLock { state in state.memory.newKey(for: occurrence, at: now) }
            do throws(KubernetesError) {
                let event = occurrence.event(key, component: component, at: now)
                _ = try await api.create(.events, event, namespace: key.namespace)
                state.withLock { state in state.memory.remember(occurrence, key, at: now) }
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
