import FlaggerAPI
import JSON
package import Kubernetes
import Logging
import Platform
import Rollout

/// When to look at a Canary again.
package enum Requeue: Hashable, Sendable {
    /// It is not there any more.
    case gone
    /// At once.
    case again
    /// After this long.
    case after(Duration)
}

extension Controller {
    /// How a round ended, and when the next one is wanted.
    struct Ending {
        let outcome: RoundReport.Outcome
        let requeue: Requeue

        init(_ outcome: RoundReport.Outcome, _ requeue: Requeue) {
            self.outcome = outcome
            self.requeue = requeue
        }
    }

    /// One round for the Canary at `key`: observe, decide, record, act.
    ///
    /// It never fails: what goes wrong is told in an event, nothing but what was written down has happened, and the
    /// next round finds out what is left to do.
    package func reconcile(_ key: ObjectKey) async -> Requeue { await attend(to: key).requeue }

    /// One round, with how it ended.
    func attend(to key: ObjectKey) async -> Ending {
        let object: JSONValue
        do {
            object = try await api.get(.canaries, key)
        } catch  where error.isNotFound {
            forget(key)
            return Ending(.gone, .gone)
        } catch {
            log(.warning, "could not read canary", key, error)
            return Ending(.failed, .after(pauseAfterFailure(key)))
        }
        do {
            if let ending = try await letGo(object) {
                forgetFailures(key)
                return ending
            }
            if let obstacle = obstacle(to: object) {
                await tell([.warning(.blocked, obstacle)], about: object, isStill: true)
                await report(obstacle, about: object)
                return Ending(.blocked, .after(settings.restingPoll))
            }
            let ending = try await round(try Canary(object))
            forgetFailures(key)
            return ending
        } catch {
            return await ending(after: error, object)
        }
    }

    /// How a round for `object` ends in which something went wrong.
    private func ending(after error: any Error, _ object: JSONValue) async -> Ending {
        let key = object.key
        if error is CancellationError || Task.isCancelled {
            // The call was broken off because the loop ends; that is no news.
            return Ending(.failed, .after(settings.activePoll))
        }
        if let error = error as? KubernetesError, error.isNotLeading {
            // Somebody else goes on with it.
            log(.debug, "no longer leading", key, error)
            return Ending(.failed, .after(settings.activePoll))
        }
        if Self.isStale(error), countStale(key) <= Self.staleLimit {
            log(.debug, "object changed meanwhile", key, error)
            return Ending(.stale, .again)
        }
        log(.warning, "could not go on with canary", key, error)
        await tell([.warning(.blocked, "\(error)")], about: object, isStill: true)
        let pause = pauseAfterFailure(key)
        // What goes away by itself is no news for those who wait on a condition.
        if failureCount(key) >= 3, let stored = await stored(object) { await report("\(error)", about: stored) }
        return Ending(.failed, .after(pause))
    }

    /// `object` as it is now, since a round may have written its status before it failed; nil where nobody answers.
    private func stored(_ object: JSONValue) async -> JSONValue? {
        do {
            return try await api.getWhole(.canaries, object.key)
        } catch {
            log(.debug, "could not read canary", object.key, error)
            return nil
        }
    }

    /// How many looks in a row may find that something has changed under the loop's hands.
    ///
    /// What is refused for good may be reported in the same way, and would be tried for ever without a word.
    private static let staleLimit = 5

    /// Whether `error` says that an object has changed since it was read, so that reading it again helps.
    private static func isStale(_ error: any Error) -> Bool {
        if let error = error as? KubernetesError { return error.isConflict || error.isAlreadyExists }
        return (error as? ControllerError)?.isStale ?? false
    }

    /// Writes into the status why nothing goes on, where it does not stand there yet.
    ///
    /// It is said in an event besides, so a status that cannot be written is no more than a line in the log.
    private func report(_ reason: String, about object: JSONValue) async {
        do {
            let canary = try Canary(object)
            guard let status = Rollout.report(reason, of: canary, at: clock.now()) else { return }
            let snapshot = Snapshot(canary: canary, copying: settings.copying)
            try await Workshop(api: api, snapshot: snapshot, ingressClass: nil).record(status)
        } catch {
            log(.debug, "could not write why nothing goes on", object.key, error)
        }
    }

    /// Why `canary` has to be left alone for now: another one has its target, or a kind is not installed.
    private func obstacle(to canary: JSONValue) -> String? {
        let isLeftAlone =
            canary[path: "spec", "suspend"]?.bool == true
            || canary[path: "metadata", "deletionTimestamp"] != nil
        return schedule.refusal(of: canary.key)
            ?? (isLeftAlone ? nil : cache.flatMap { NeededKinds.obstacle(to: canary, $0) })
    }

    private func round(_ canary: Canary) async throws -> Ending {
        let snapshot = try await Snapshot.read(canary, from: api, settings.copying, at: clock.now())
        var observation = try snapshot.observation(at: clock.now())
        while true {
            switch Rollout.decide(observation) {
            case .ask(let questions):
                for question in questions {
                    observation.answers[question] = try await answer(question, canary)
                }
                // An answer may take its time; the interval is counted from the end of the round.
                observation.now = clock.now()
            case .act(let step):
                try await take(step, observation, snapshot)
                let isStill = step.record == nil && step.actions.isEmpty
                return Ending(isStill ? .still : .stepped, pause(after: step, canary))
            }
        }
    }

    private func answer(_ question: Question, _ canary: Canary) async throws -> Answer {
        // A hook that takes its time keeps no worker from the other Canaries.
        schedule.setOutside(true, canary.key)
        defer { schedule.setOutside(false, canary.key) }
        switch question {
        case .hook(let hook, let phase, let revision):
            return try await hooks.call(hook, of: canary, phase: phase, revision: revision)
        case .metric(let metric): return try await metrics.read(metric, of: canary)
        }
    }

    /// Writes down first and acts after that.
    private func take(_ step: Step, _ observation: Observation, _ snapshot: Snapshot) async throws {
        let canary = snapshot.canary
        let workshop = Workshop(api: api, snapshot: snapshot, ingressClass: settings.ingressClass)
        if let status = Rollout.report(on: step, of: observation) {
            try await workshop.record(status)
            if step.record != nil { log(status, canary) }
        } else if !step.actions.isEmpty {
            try await confirm(canary)
        }
        if step.record != nil || !step.actions.isEmpty || !observation.answers.isEmpty {
            await journal.write(JournalEntry(step, observation).line)
        }
        do {
            for action in step.actions { try await workshop.perform(action) }
        } catch {
            // What was found out and written down is news; what was to be done will be told when it is done.
            let findings = step.events.filter { !$0.reason.tellsOfAnAction }
            if step.record != nil { await tell(findings, about: canary.object, isStill: false) }
            throw error
        }
        let isStill = step.record == nil && step.actions.isEmpty
        await tell(step.events, about: canary.object, isStill: isStill)
        onStep(canary, step)
    }

    /// Asks once more how `canary` stands, before something is done without a word in its status, whose version would tell.
    ///
    /// What is known of it may be from before another leader's last words, and the objects from after his first deeds:
    /// what he has let in would seem to have come past the gate, and what he has put back to wait for its promotion.
    private func confirm(_ canary: Canary) async throws {
        let stored = try await api.getWhole(.canaries, canary.key)
        guard stored.resourceVersion != canary.object.resourceVersion else { return }
        throw ControllerError(
            operation: "go on",
            subject: "with canary \(canary.label)",
            reason: "it has changed since it was read",
            isStale: true
        )
    }

    private func pause(after step: Step, _ canary: Canary) -> Requeue {
        guard case .after(let duration) = step.next else { return .again }
        let phase = step.record?.phase ?? canary.status.phase
        let isResting = canary.isSuspended || canary.isDeleting || CanaryRest.phases.contains(phase)
        let poll = (isResting ? settings.restingPoll : settings.activePoll) * (1 - 0.2 * jitter())
        // Where the loop is told of what changes, an interval after which nothing is due at rest need not be kept.
        if isResting, settings.listPoll == nil, duration >= canary.analysis.interval { return .after(poll) }
        return .after(max(.milliseconds(100), min(duration, poll)))
    }

    private func log(_ status: CanaryStatus, _ canary: Canary) {
        logger.info(
            "canary step",
            metadata: [
                "canary.name": "\(canary.label)", "canary.phase": "\(status.phase.rawValue)",
                "canary.weight": "\(status.canaryWeight)", "canary.failed_checks": "\(status.failedChecks)",
                "canary.revision": "\(status.lastAppliedSpec)",
            ]
        )
    }

    private func log(_ level: Logger.Level, _ message: Logger.Message, _ key: ObjectKey, _ error: any Error) {
        logger.log(
            level: level,
            message,
            metadata: ["canary.name": "\(key)", "error.message": "\(error)"]
        )
    }
}
