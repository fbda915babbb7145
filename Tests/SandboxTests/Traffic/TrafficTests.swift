import JSON
import Kubernetes
import Platform
import Sandbox
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1))) struct TrafficTests {
    private func scene(_ weights: KeyValuePairs<String, Int>) -> TrafficScene {
        let scene = TrafficScene()
        scene.cluster.put(.httpProxies, root(routes: [route(weights)]))
        return scene
    }

    @Test(arguments: [(95, 5, 4_750, 250), (0, 100, 0, 5_000), (0, 0, 2_500, 2_500), (1, 3, 1_250, 3_750)])
    func followsTheWeights(primary: Int, canary: Int, toPrimary: Int, toCanary: Int) {
        let scene = scene(["primary": primary, "canary": canary])
        scene.run(for: .seconds(100))
        #expect(scene.answers("primary") == toPrimary)
        #expect(scene.answers("canary") == toCanary)
    }

    @Test func countsTheSameHoweverTimeIsDivided() {
        let fine = scene(["primary": 93, "canary": 7])
        let coarse = scene(["primary": 93, "canary": 7])
        fine.run(for: .seconds(200), step: .milliseconds(130))
        coarse.run(for: .seconds(200), step: .seconds(200))
        #expect(fine.answers("primary") == 9_300 && coarse.answers("primary") == 9_300)
        #expect(fine.answers("canary") == 700 && coarse.answers("canary") == 700)
    }

    @Test func forgetsWhatNoRouteLeadsToAnyMore() {
        let scene = scene(["primary": 50, "canary": 50])
        scene.run(for: .seconds(10))
        #expect(scene.answers("canary") == 250)
        scene.cluster.put(.httpProxies, root(routes: [route(["primary": 100])]))
        scene.run(for: .seconds(10))
        #expect(scene.answers("primary") == 750)
        #expect(!scene.metrics.exposition.contains("canary"))
    }

    @Test func goesThroughIncludesByTheLongestPrefix() {
        let scene = TrafficScene()
        scene.cluster.put(.httpProxies, root(includes: [["name": "child", "conditions": [["prefix": "/"]]]]))
        let insider: JSONValue = [
            "conditions": [["prefix": "/"], ["header": ["name": "x-canary", "exact": "insider"]]],
            "services": [["name": "canary", "port": 80]],
        ]
        scene.cluster.put(
            .httpProxies,
            proxy("child", routes: [insider, route("/", ["primary": 1]), route("/api", ["canary": 1])])
        )
        scene.run(for: .seconds(10))
        #expect(scene.answers("primary") == 500)
        #expect(scene.answers("canary") == 0)
    }

    @Test func sendsNothingWithoutARouteForTheRootPath() {
        let scene = TrafficScene()
        scene.cluster.put(.httpProxies, root(routes: [route("/api", ["primary": 1])]))
        scene.cluster.put(.httpProxies, proxy("orphan", routes: [route(["primary": 1])]))
        scene.run(for: .seconds(10))
        #expect(scene.answers("primary") == 0)
    }

    @Test func sendsNothingWhereEnvoyAnswersItself() {
        let scene = TrafficScene()
        let redirect: JSONValue = [
            "conditions": [["exact": "/"]], "requestRedirectPolicy": ["hostname": "www.example.com"],
        ]
        scene.cluster.put(.httpProxies, root(routes: [redirect, route(["primary": 1])]))
        scene.run(for: .seconds(10))
        #expect(scene.answers("primary") == 0)
    }

    @Test func countsCopiesApartFromTheWeights() {
        let scene = TrafficScene()
        var mirrored = route(["primary": 100])
        mirrored["services"] = [
            ["name": "primary", "port": 80], ["name": "canary", "port": 80, "mirror": true, "weight": 20],
        ]
        scene.cluster.put(.httpProxies, root(routes: [mirrored]))
        scene.run(for: .seconds(100))
        #expect(scene.answers("primary") == 5_000)
        #expect(scene.answers("canary") == 1_000)
    }

    @Test func answers503WithoutAReadyPod() {
        let scene = scene(["primary": 50, "canary": 50])
        scene.scale("canary", to: 0)
        scene.run(for: .seconds(10))
        #expect(scene.answers("canary", 503) == 250)
        #expect(scene.answers("canary") == 0)
        scene.scale("canary", to: 1)
        scene.run(for: .seconds(10))
        #expect(scene.answers("canary") == 250)
    }

    @Test func servesTheRestWhenAServiceIsMissing() {
        let scene = scene(["primary": 10, "gone": 90])
        scene.run(for: .seconds(10))
        #expect(scene.answers("primary") == 500)
        #expect(scene.answers("gone", 503) == 0)
    }

    @Test func makesUpForNoMoreThanTheHistoryAfterAStop() {
        let scene = scene(["primary": 100])
        scene.run(for: .seconds(86_400), step: .seconds(86_400))
        #expect(scene.answers("primary") == 600 * 50)
    }
}
