import HTTP
import HTTPTypes
import JSON
import Testing
import canarygate

@Suite(.timeLimit(.minutes(1))) struct ClientNameCheckTests {
    private struct Inside: HTTPHandler {
        func response(to request: ServerRequest) async -> ServerResponse { .text("inside") }
    }

    private static let check = ClientNameCheck(names: ["kube-apiserver", "api.example.svc"], next: Inside())

    private func answer(_ commonName: String?, _ names: [String]) async -> (status: Int, text: String) {
        let head = HTTPRequest(method: .post, scheme: nil, authority: nil, path: "/validate/canaries?timeout=5s")
        let request = ServerRequest(head: head, clientCommonName: commonName, clientNames: names)
        let response = await Self.check.response(to: request)
        guard case .bytes(let bytes) = response.body else { return (response.head.status.code, "a stream") }
        return (response.head.status.code, String(decoding: bytes, as: UTF8.self))
    }

    @Test(arguments: [
        ("kube-apiserver", []), (nil, ["other", "api.example.svc"]), ("other", ["API.example.svc"]),
        ("api.example.svc", []), ("other", ["kube-apiserver"]),
    ])
    func letsTheExpectedIn(commonName: String?, names: [String]) async {
        #expect(await answer(commonName, names) == (200, "inside"))
    }

    @Test(arguments: [
        (nil, [], "no name"), ("kubelet", ["node.example", "10.0.0.1"], "kubelet, node.example, 10.0.0.1"),
        ("Kube-Apiserver", [], "Kube-Apiserver"), (nil, ["x.api.example.svc"], "x.api.example.svc"),
        ("kube-apiserver\0x", [], "kube-apiserver x"), ("a\nb", [], "a b"),
    ])
    func saysWhoCameAndWhoIsExpected(commonName: String?, names: [String], found: String) async throws {
        let answer = await answer(commonName, names)
        #expect(answer.status == 403)
        let status = try JSONValue(parsing: Array(answer.text.utf8))
        #expect(status["kind"]?.string == "Status")
        #expect(status["reason"]?.string == "Forbidden")
        #expect(
            status["message"]?.string
                == "client certificate of \(found): not let in, expected one of kube-apiserver, api.example.svc"
        )
    }
}
