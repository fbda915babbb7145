import HTTP
import HTTPTypes
import JSON
import Kubernetes
import Sandbox
import TestSupport
import Testing

/// Real calls with random changes: whatever comes, the server answers and goes on.
@Suite(.timeLimit(.minutes(1))) struct FuzzTests {
    private let fixture = APIFixture()

    @Test(arguments: 1...4) func answersWhateverComes(seed: UInt64) async throws {
        fixture.cluster.put(.deployments, podinfo())
        fixture.cluster.put(.customResourceDefinitions, DefinitionTests.definition)
        var settings = WorkloadSettings()
        settings.podLimit = 12
        let controller = WorkloadController(cluster: fixture.cluster, clock: fixture.clock, settings: settings)
        let transport = InMemoryTransport(handler: fixture.server)
        var calls = CallMutations(seed: seed)
        var taken = 0
        for number in 0..<120 {
            let call = calls.next()
            let response = try await transport.send(call)
            if response.head.status.code < 300 { taken += 1 }
            // A watch goes on; that it has begun is all there is to see.
            if call.head.path?.contains("watch") == true, response.head.status == .ok { continue }
            check(response.head, try await response.body.collect(upTo: 16 << 20), call)
            if number.isMultiple(of: 10) { controller.reconcile() }
            fixture.clock.advance(by: .seconds(7))
            // Other tests wait for their servers meanwhile.
            await Task.yield()
        }
        // Not all are refused, so what is stored is put to the test, too.
        #expect(taken > 20)
        #expect(fixture.cluster.objects(.pods).count <= 12)
    }

    private func check(_ head: HTTPResponse, _ bytes: [UInt8], _ call: ClientRequest) {
        let text = String(decoding: bytes, as: UTF8.self)
        let subject = "\(call.head.method) \(call.head.path ?? "") -> \(head.status.code) \(text.prefix(200))"
        guard head.headerFields[.contentType]?.hasPrefix("application/json") == true else {
            let isOther = text == "404 page not found\n" || call.head.path?.contains("openapi") == true || text == "ok"
            #expect(isOther, "\(subject)")
            return
        }
        guard head.status.code >= 400 else { return }
        do {
            let status = try JSONValue(parsing: bytes)
            #expect(status["kind"] == "Status" && status["status"] == "Failure", "\(subject)")
            #expect(status["code"]?.int == head.status.code, "\(subject)")
            #expect(status["message"]?.string?.isEmpty == false, "\(subject)")
        } catch {
            Issue.record("\(subject): \(error)")
        }
    }
}
