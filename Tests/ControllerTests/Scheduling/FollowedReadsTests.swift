import JSON
import Kubernetes
import Platform
import TestSupport
import Testing

@testable import Controller

/// What targets read, as the informers of several kinds tell of it at the same time.
@Suite(.timeLimit(.minutes(1))) struct FollowedReadsTests {
    /// A cache into which the target comes just after somebody has looked for it in vain.
    private final class LateCache: ObjectCache {
        private let target: JSONValue
        private let arrival = Locked<(@Sendable () -> Void)?>(nil)
        private let isThere = Locked(false)

        init(_ target: JSONValue) { self.target = target }

        func tell(_ call: @escaping @Sendable () -> Void) { arrival.withLock { $0 = call } }

        func look(at key: ObjectKey, _ type: ResourceType) -> CachedObject {
            guard type == .deployments else { return .absent }
            if isThere.withLock({ $0 }) { return .found(target) }
            isThere.withLock { $0 = true }
            arrival.withLock { $0 }?()
            return .absent
        }

        func all(_ type: ResourceType, namespace: String?) -> [JSONValue]? { nil }

        func availability(of type: ResourceType) -> KindAvailability { .served }
    }

    @Test func forgetNothingOfATargetThatComesWhileItIsLookedFor() async throws {
        var target = try Examples.object("deployment")
        target[path: "spec", "template", "spec", "volumes"] = [["name": "c", "configMap": ["name": "settings"]]]
        let stage = try await Stage.initialised(target: target)
        let cache = LateCache(stage.target)
        let controller = stage.controller(stage.link(), cache: cache)
        cache.tell { [target = stage.target] in controller.take(.deployments, .added(target)) }
        let now = stage.clock.now()
        controller.schedule.begin(workers: 1, at: now, spread: .zero)
        controller.take(.canaries, .added(stage.canary))
        #expect(controller.schedule.next(at: now) == .look(Stage.key, due: now))
        controller.schedule.finish(Stage.key, .after(.seconds(600)), at: now)
        #expect(controller.figures.overdue == 0)
        controller.take(.configMaps, .added(configMap("settings")))
        #expect(controller.figures.overdue == 1)
    }
}
