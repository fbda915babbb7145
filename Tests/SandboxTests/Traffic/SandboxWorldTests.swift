import HTTP
import HTTPTypes
import JSON
import Kubernetes
import Platform
import Sandbox
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1))) struct SandboxWorldTests {
    @Test func bringsADeploymentToServeTraffic() async throws {
        let clock = ManualClock()
        let cluster = InMemoryCluster(clock: clock)
        cluster.put(.deployments, workload())
        cluster.put(.services, service("podinfo", app: "podinfo"))
        cluster.put(.httpProxies, root(routes: [route(["podinfo": 1])]))
        let world = SandboxWorld(cluster: cluster, clock: clock)
        let run = Task { await world.run() }
        while cluster.object(.deployments, test)?[path: "status", "availableReplicas"] != 2 {
            await clock.advanceToNextSleeper()
        }
        for _ in 0..<30 { await clock.advanceToNextSleeper() }
        run.cancel()
        await run.value
        let query = "/api/v1/query?query=sum(envoy_cluster_upstream_rq%7Benvoy_response_code%3D%22200%22%7D)"
        let head = HTTPRequest(method: .get, scheme: nil, authority: nil, path: query)
        let response = await world.metrics.response(to: ServerRequest(head: head))
        guard case .bytes(let bytes) = response.body else {
            Issue.record("no body")
            return
        }
        let value = try JSONValue(parsing: bytes)[path: "data", "result"]?[0]?["value"]?[1]?.string
        #expect(try #require(value.flatMap { Double($0) }) > 500)
    }
}
