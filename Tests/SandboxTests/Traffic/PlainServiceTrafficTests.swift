import JSON
import Kubernetes
import Platform
import Sandbox
import TestSupport
import Testing

/// Services that are called without a proxy, load tests, and what the pods count of both.
@Suite(.timeLimit(.minutes(1))) struct PlainServiceTrafficTests {
    private static let pods =
        "kubernetes_namespace=\"test\",kubernetes_pod_name=~\"canary-[b-df-hj-np-tv-xz2-9]+-[b-df-hj-np-tv-xz2-9]{5}\""
    private static let success =
        "100 * sum(rate(http_request_duration_seconds_count{\(pods),status!~\"5.*\"}[1m])) "
        + "/ sum(rate(http_request_duration_seconds_count{\(pods)}[1m]))"
    private static let duration =
        "1000 * histogram_quantile(0.99, sum(rate(http_request_duration_seconds_bucket{\(pods)}[1m])) by (le))"

    private func scene(_ behaviour: String = "0%,80ms") throws -> TrafficScene {
        let scene = TrafficScene(images: try ImageBehaviours(parsing: ["podinfo:canary=\(behaviour)"]))
        scene.cluster.put(
            .canaries,
            [
                "apiVersion": "flagger.app/v1beta1", "kind": "Canary",
                "metadata": ["name": "front", "namespace": "test"],
                "spec": ["provider": "kubernetes", "targetRef": ["kind": "Deployment", "name": "front"]],
            ]
        )
        scene.cluster.put(.services, service("front", app: "primary"))
        return scene
    }

    private func served(_ scene: TrafficScene) -> [String: Int] {
        let entries = scene.metrics.served.map { entry in
            ("\(entry.service.name) by \(entry.workload)\(entry.areCopies ? " copied" : "")", entry.count)
        }
        return Dictionary(entries, uniquingKeysWith: +)
    }

    @Test func followTheSelector() throws {
        let scene = try scene()
        scene.run(for: .seconds(10))
        #expect(served(scene) == ["front by primary": 500])
        scene.cluster.put(.services, service("front", app: "canary"))
        scene.run(for: .seconds(10))
        #expect(served(scene) == ["front by primary": 500, "front by canary": 500])
    }

    @Test func areCountedByThePods() throws {
        let scene = try scene("5%,120ms")
        scene.cluster.put(.services, service("front", app: "canary"))
        scene.run(for: .seconds(120))
        #expect(abs(try #require(try scene.query(Self.success)) - 95) < 0.3)
        #expect(abs(try #require(try scene.query(Self.duration)) - 120) < 6)
        scene.cluster.put(.services, service("front", app: "primary"))
        scene.run(for: .seconds(120))
        #expect(try scene.query(Self.success)?.isNaN != false)
    }

    @Test func bringLoadToTheServiceThatATestNames() async throws {
        let scene = try scene()
        await scene.loads("hey -z 1m -q 10 -c 2 http://canary.test:80/")
        scene.run(for: .seconds(30))
        // One that runs is not begun again.
        await scene.loads("hey -z 1m -q 10 -c 2 http://canary.test:80/")
        scene.run(for: .seconds(90))
        #expect(served(scene)["canary by canary"] == 1_200)
    }

    @Test func bringLoadThroughEnvoyWithTheHeadersOfATest() async throws {
        let scene = try scene()
        let insider: JSONValue = [
            "conditions": [["header": ["name": "x-canary", "exact": "insider"]], ["prefix": "/"]],
            "services": [["name": "canary", "port": 80]],
        ]
        scene.cluster.put(.httpProxies, root(routes: [insider, route(["primary": 1])]))
        await scene.loads(
            "hey -z 10s -q 5 -c 2 -H 'X-Canary: insider' -host app.example.com http://envoy.projectcontour/"
        )
        scene.run(for: .seconds(20))
        #expect(scene.answers("canary") == 100)
        #expect(scene.answers("primary") == 1_000)
    }

    @Test(arguments: [("/delay/1", 1_000.0..<3_000), ("/delay/x", 0..<100), ("/delay/1/2", 0..<100)])
    func areAnsweredAsLateAsThePathSays(path: String, milliseconds: Range<Double>) async throws {
        let scene = try scene()
        await scene.loads("hey -z 2m -q 10 -c 2 http://canary.test:80\(path)")
        scene.run(for: .seconds(120))
        let p99 = try #require(try scene.query(Self.duration))
        #expect(milliseconds.contains(p99), "\(p99)")
    }

    @Test(arguments: [
        "curl http://canary.test/", "hey http://canary.test/", "hey -z 1m", "hey -z 1m -c",
        "hey -z soon http://canary.test/",
        "hey -z 1m http://nobody.test/", "",
    ])
    func takeNothingForALoadThatIsNone(command: String) async throws {
        let scene = try scene()
        await scene.loads(command)
        scene.run(for: .seconds(10))
        #expect(served(scene) == ["front by primary": 500])
    }
}

/// Which revision has answered.
@Suite(.timeLimit(.minutes(1))) struct ServedRequestsTests {
    @Test func tellRevisionsApartThroughARollout() throws {
        let scene = TrafficScene()
        scene.cluster.put(.httpProxies, root(routes: [route(["primary": 1])]))
        scene.run(for: .seconds(10))
        scene.cluster.modify(.deployments, ObjectKey(namespace: "test", name: "primary")) { object in
            object[path: "spec", "template", "spec", "containers"] = [["name": "podinfod", "image": "podinfo:new"]]
        }
        for _ in 0..<10 { scene.settle() }
        scene.run(for: .seconds(10))
        let served = scene.metrics.served
        #expect(served.map(\.images).sorted { $0[0] < $1[0] } == [["podinfo:new"], ["podinfo:primary"]])
        #expect(Set(served.map(\.revision)).count == 2)
        #expect(served.allSatisfy { $0.workload == "primary" && $0.count == 500 && !$0.areCopies })
    }

    @Test func tellCopiesFromAnswers() throws {
        let scene = TrafficScene()
        var mirrored = route(["primary": 100])
        mirrored["services"] = [
            ["name": "primary", "port": 80], ["name": "canary", "port": 80, "mirror": true, "weight": 20],
        ]
        scene.cluster.put(.httpProxies, root(routes: [mirrored]))
        scene.run(for: .seconds(100))
        #expect(scene.metrics.served.map(\.areCopies) == [true, false])
        #expect(scene.metrics.served.map(\.count) == [1_000, 5_000])
        #expect(
            scene.metrics.served[0].json["copies"] == true
                && scene.metrics.served[0].json["images"] == ["podinfo:canary"]
        )
    }
}
