import HTTP
import HTTPTypes
import JSON
import Kubernetes
import Platform
import Sandbox
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1))) struct LoadTesterTests {
    private func call(_ tester: LoadTesterHandler, _ body: String) async -> (code: Int, text: String) {
        let head = HTTPRequest(method: .post, scheme: nil, authority: nil, path: "/")
        let response = await tester.response(to: ServerRequest(head: head, body: Array(body.utf8)))
        guard case .bytes(let bytes) = response.body else { return (0, "") }
        return (response.head.status.code, String(decoding: bytes, as: UTF8.self))
    }

    private func payload(_ command: String, type: String? = "bash") -> String {
        var metadata: JSONValue = ["cmd": .string(command)]
        metadata["type"] = type.map { .string($0) }
        let payload: JSONValue = [
            "name": "podinfo", "namespace": "test", "phase": "Progressing", "checksum": "1", "metadata": metadata,
        ]
        return payload.text
    }

    private func tester(_ behaviour: String = "0%,80ms") throws -> (TrafficScene, LoadTesterHandler) {
        let images = try ImageBehaviours(parsing: ["podinfo:canary=\(behaviour)"])
        let scene = TrafficScene(images: images)
        return (scene, LoadTesterHandler(cluster: scene.cluster, images: images))
    }

    @Test func passesAnAcceptanceTestOfAServiceWithReadyPods() async throws {
        let (_, tester) = try tester()
        let command = "curl -sd 'test' http://canary.test/token | grep token"
        #expect(await call(tester, payload(command)) == (200, "command passed\n"))
        #expect(await call(tester, payload("curl http://canary:80/")) == (200, "command passed\n"))
        #expect(tester.counts.passed == 2)
    }

    @Test(arguments: [
        ("curl http://gone.test/", "could not resolve host: gone.test"),
        ("curl http://canary.other/", "could not resolve host: canary.other"),
        ("curl http://canary.test:8080/", "canary.test has no port 8080"),
        ("helm test podinfo", "it names no http://<service>.<namespace>, and commands are not run here"),
    ])
    func failsAnAcceptanceTestWithAReason(command: String, reason: String) async throws {
        let (_, tester) = try tester()
        #expect(await call(tester, payload(command)) == (500, "command failed: \(reason)\n"))
        #expect(tester.counts.failed == 1)
    }

    @Test func failsAnAcceptanceTestWithoutAReadyPodOrAGoodAnswer() async throws {
        let (scene, tester) = try tester()
        scene.scale("canary", to: 0)
        let call1 = await call(tester, payload("curl http://canary.test/"))
        #expect(call1 == (500, "command failed: canary.test has no ready endpoint\n"))
        let (_, bad) = try self.tester("80%,80ms")
        let call2 = await call(bad, payload("curl http://canary.test/"))
        #expect(call2 == (500, "command failed: canary.test answered 500\n"))
        let (_, never) = try self.tester("never")
        let call3 = await call(never, payload("curl http://canary.test/"))
        #expect(call3.code == 500)
    }

    @Test func takesAndCountsLoadTests() async throws {
        let (_, tester) = try tester()
        let command = "hey -z 1m -q 10 -c 2 -host app.example.com http://envoy.projectcontour"
        #expect(await call(tester, payload(command, type: nil)) == (202, "load test taken\n"))
        #expect(await call(tester, payload(command, type: "cmd")).code == 202)
        #expect(tester.counts.loads == 2)
    }

    @Test(arguments: [
        ("[]", "parse payload: array, expected object"),
        ("{\"namespace\":\"test\"}", "parse payload: name is missing"),
        (
            "{\"name\":\"a\",\"namespace\":\"test\",\"metadata\":3}",
            "parse payload: metadata is number, expected object"
        ),
        ("{\"name\":\"a\",\"namespace\":\"test\"}", "parse payload: metadata.cmd is missing"),
    ])
    func refusesWhatIsNoPayload(body: String, reason: String) async throws {
        let (_, tester) = try tester()
        #expect(await call(tester, body) == (400, "\(reason)\n"))
        #expect(await call(tester, "{").code == 400)
    }
}
