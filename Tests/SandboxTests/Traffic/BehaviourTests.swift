import JSON
import Kubernetes
import Platform
import Sandbox
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1))) struct BehaviourTests {
    private static let cluster = "envoy_cluster_name=~\"test_canary_[0-9a-zA-Z-]+\""
    private static let success =
        "100 * sum(rate(envoy_cluster_upstream_rq{\(cluster),envoy_response_code!~\"5.*\"}[1m])) "
        + "/ sum(rate(envoy_cluster_upstream_rq{\(cluster)}[1m]))"
    private static let duration =
        "histogram_quantile(0.99, sum(rate(envoy_cluster_upstream_rq_time_bucket{\(cluster)}[1m])) by (le))"

    private func scene(_ behaviour: String, canary: Int = 100) throws -> TrafficScene {
        let images = try ImageBehaviours(parsing: ["podinfo:canary=\(behaviour)"])
        let scene = TrafficScene(images: images)
        scene.cluster.put(.httpProxies, root(routes: [route(["primary": 100 - canary, "canary": canary])]))
        return scene
    }

    @Test func showsTheErrorRate() throws {
        let scene = try scene("5%,120ms")
        scene.run(for: .seconds(120))
        let rate = try #require(try scene.query(Self.success))
        #expect(abs(rate - 95) < 0.2)
        #expect(scene.answers("canary", 500) == 300)
    }

    @Test func showsTheFirstErrorAfterHalfOfItsPeriod() throws {
        let scene = try scene("10%,80ms")
        scene.run(for: .milliseconds(80), step: .milliseconds(80))
        #expect(scene.answers("canary", 500) == 0)
        scene.run(for: .milliseconds(40), step: .milliseconds(40))
        #expect(scene.answers("canary", 500) == 1)
    }

    @Test(arguments: [3.0, 20, 80, 120, 240, 249.9, 480, 600, 900, 1_800])
    func showsTheP99(milliseconds: Double) throws {
        let scene = try scene("0,\(Int(milliseconds * 1_000))us")
        scene.run(for: .seconds(120))
        let p99 = try #require(try scene.query(Self.duration))
        #expect(abs(p99 - milliseconds) < milliseconds * 0.05)
    }

    @Test func showsAFaultOfASmallShareWithinTheFirstMinute() throws {
        let scene = try scene("5%,800ms", canary: 5)
        scene.run(for: .seconds(60))
        let rate = try #require(try scene.query(Self.success))
        #expect(rate < 97 && rate > 93)
        let p99 = try #require(try scene.query(Self.duration))
        #expect(p99 > 500)
    }

    @Test func hasNoSeriesBeforeTrafficAndNoNumberAfterIt() throws {
        let scene = try scene("5%,120ms", canary: 0)
        scene.run(for: .seconds(60))
        #expect(try scene.query(Self.success) == nil)
        scene.cluster.put(.httpProxies, root(routes: [route(["primary": 0, "canary": 1])]))
        scene.run(for: .seconds(60))
        scene.cluster.put(.httpProxies, root(routes: [route(["primary": 1, "canary": 0])]))
        scene.run(for: .seconds(120))
        #expect(try scene.query(Self.success)?.isNaN == true)
        #expect(try scene.query(Self.duration)?.isNaN == true)
    }

    @Test func scrapesEveryFiveSecondsOfTheClock() throws {
        let scene = try scene("0%,80ms")
        scene.run(for: .seconds(60), step: .seconds(20))
        let value = try PromQLEvaluator(scene.metrics.samples, at: scene.clock.now())
            .value(of: "envoy_cluster_upstream_rq_total{envoy_cluster_name=\"test_canary_80\"}[1m]")
        guard case .matrix(let series) = value else {
            Issue.record("no matrix")
            return
        }
        #expect(series.first?.content.map(\.value) == (1...12).map { Double($0 * 250) })
    }

    @Test func choosesATickOfAtLeast20MillisecondsOfRealTime() {
        #expect(TrafficSettings(speed: 1).tick == .seconds(1))
        #expect(TrafficSettings(speed: 60).tick == .milliseconds(1_200))
    }
}
