import JSON
import Kubernetes
import Logging
import Platform

extension Controller {
    /// How much later each Canary at rest is first looked at than the one before: ten seconds for ten thousand.
    private static let spread: Duration = .milliseconds(1)

    /// Runs until the task is cancelled; no longer than the rounds under way take to notice.
    ///
    /// To be called by one at a time, as often as wanted.
    package func run() async {
        schedule.begin(workers: settings.workers, at: clock.now(), spread: Self.spread)
        await withDiscardingTaskGroup { group in
            if let pause = settings.listPoll { group.addTask { await self.lookForCanaries(every: pause) } }
            while !Task.isCancelled {
                switch schedule.next(at: clock.now()) {
                case .look(let key, let due): group.addTask { await self.look(at: key, due: due) }
                case .wait(let time): await schedule.bell.wait(atMost: time - clock.now(), on: clock)
                case .nothing: await schedule.bell.wait()
                }
            }
            group.cancelAll()
        }
        schedule.end()
    }

    /// One round for the Canary at `key`, which was due at `due`.
    private func look(at key: ObjectKey, due: Timestamp) async {
        let start = clock.now()
        let ending = await attend(to: key)
        let end = clock.now()
        onRound(
            RoundReport(key: key, outcome: ending.outcome, lateness: max(.zero, start - due), duration: end - start)
        )
        schedule.finish(key, ending.requeue, at: end)
    }

    /// Lists the Canaries again and again.
    private func lookForCanaries(every pause: Duration) async {
        while !Task.isCancelled {
            do {
                let canaries = try await api.list(.canaries, namespace: settings.namespace, labelSelector: nil).items
                schedule.replace(with: canaries, at: clock.now())
            } catch {
                if !Task.isCancelled {
                    logger.warning("could not list canaries", metadata: ["error.message": "\(error)"])
                }
            }
            do { try await clock.sleep(for: pause) } catch { return }
        }
    }
}
