import Admission
import HTTP
import HTTPTypes
import JSON
import Kubernetes
import Platform
import TestSupport
import Testing
import canarygate

/// Reviews with anything anywhere: whatever the handler is sent, it answers in form.
@Suite(.timeLimit(.minutes(1))) struct ReviewMutationTests {
    private static let controller = "system:serviceaccount:canarygate-system:canarygate"

    private static let handler = AdmissionHandler(
        webhooks: CanaryGateServer.webhooks(username: controller, isAdmissionOnly: false),
        view: { cluster },
        clock: ManualClock()
    )

    /// What the webhooks look at beside the review: a Canary under way, and what it made.
    private static let cluster: ClusterView = {
        var view = ClusterView(Dictionary(uniqueKeysWithValues: InformedTypes.all.map { ($0, [:]) }))
        view.set(
            .canaries,
            [
                "metadata": ["name": "podinfo", "namespace": "test", "uid": "canary-uid"],
                "spec": ["targetRef": ["kind": "Deployment", "name": "podinfo"]],
                "status": ["phase": "Progressing", "lastPromotedSpec": "0123456789"],
            ]
        )
        for (name, app) in [("podinfo-primary", "podinfo-primary"), ("podinfo-canary", "podinfo")] {
            let spec: JSONValue = ["selector": ["app": .string(app)], "ports": [["port": 80]]]
            view.set(.services, ["metadata": ["name": .string(name), "namespace": "test"], "spec": spec])
        }
        return view
    }()

    /// The reviews that are changed: an update from the fixture, and one for each example.
    private static func reviews() throws -> [JSONValue] {
        let fixture = "Tests/IntegrationTests/Fixtures/deployment-update/review.json"
        let update = try JSONValue(parsing: RepositoryFiles.text(fixture))
        let names = ["canary", "httpproxy", "deployment", "autoscaler", "wrong/max-weight", "wrong/misspelt-threshold"]
        return try [update]
            + names.map { name in
                var review = update
                let object = try RepositoryFiles.documents("manifests/examples/\(name).yaml").first ?? .null
                let kind = object["kind"]?.string ?? ""
                let group = object["apiVersion"]?.string?.split(separator: "/").first.map(String.init) ?? ""
                let plural = InformedTypes.all.first { $0.kind == kind }?.plural ?? ""
                review[path: "request", "kind", "group"] = .string(group)
                review[path: "request", "kind", "kind"] = .string(kind)
                review[path: "request", "resource", "group"] = .string(group)
                review[path: "request", "resource", "resource"] = .string(plural)
                review[path: "request", "object"] = object
                review[path: "request", "oldObject"] = name == "canary" ? object : .null
                review[path: "request", "operation"] = name == "canary" ? "UPDATE" : "CREATE"
                return review
            }
    }

    /// The answer's status and body.
    private func answer(_ path: String, _ body: [UInt8]) async throws -> (status: Int, body: JSONValue) {
        var head = HTTPRequest(method: .post, scheme: "https", authority: "localhost", path: path)
        head.headerFields[.contentType] = "application/json"
        let response = await Self.handler.response(to: ServerRequest(head: head, body: body))
        guard case .bytes(let bytes) = response.body else { throw Streamed() }
        return (response.head.status.code, try JSONValue(parsing: bytes))
    }

    private struct Streamed: Error {}

    private func check(_ review: JSONValue, seed: UInt64) async throws {
        for path in Self.handler.paths {
            // Other suites wait for servers in this process.
            await Task.yield()
            let (status, body) = try await answer(path, review.serialized)
            if status == 400 {
                #expect(body["kind"] == "Status" && body["code"] == 400, "seed \(seed)")
                #expect(body["message"]?.string?.hasPrefix("decode AdmissionReview") == true, "seed \(seed)")
                continue
            }
            #expect(status == 200, "seed \(seed)")
            expectForm(body, of: review, to: path, seed: seed)
        }
    }

    private func expectForm(_ body: JSONValue, of review: JSONValue, to path: String, seed: UInt64) {
        let response = body["response"] ?? .null
        let request = review["request"] ?? .null
        #expect(body["apiVersion"] == review["apiVersion"], "seed \(seed)")
        #expect(response["uid"] == request["uid"], "seed \(seed)")
        let isAllowed = response["allowed"]?.bool
        #expect(isAllowed != nil, "seed \(seed)")
        if isAllowed == false {
            let code = response[path: "status", "code"]?.int ?? 0
            #expect([403, 422].contains(code), "seed \(seed)")
            #expect(response[path: "status", "message"]?.string?.isEmpty == false, "seed \(seed)")
        }
        for warning in response["warnings"]?.array ?? [] {
            #expect((1...120).contains(warning.string?.unicodeScalars.count ?? 0), "seed \(seed)")
        }
        guard let patch = response["patch"]?.string else { return }
        #expect(path.hasPrefix("/mutate/") && isAllowed == true && response["patchType"] == "JSONPatch", "seed \(seed)")
        // The API server fails the request over a patch that does not apply.
        #expect(throws: Never.self, "seed \(seed)") {
            let operations = try JSONPatch(JSONValue(parsing: Base64.decode(patch) ?? []))
            _ = try operations.applied(to: request["object"] ?? .null)
        }
    }

    @Test(arguments: 0..<2) func answersAChangedReview(round: UInt64) async throws {
        for (index, review) in try Self.reviews().enumerated() {
            for step in 0..<6 {
                let seed = round * 10_000 + UInt64(index) * 100 + UInt64(step)
                var values = SeededValues(seed: seed)
                var changed = review
                let place =
                    step % 3 == 0 ? ["request"] : step % 3 == 1 ? ["request", "object"] : ["request", "oldObject"]
                let old = place.reduce(review) { $0[$1] ?? .null }
                let new = values.changed(old, depth: 5)
                if place.count == 1 { changed["request"] = new } else { changed[path: "request", place[1]] = new }
                try await check(changed, seed: seed)
            }
        }
    }

    @Test func answersWithEachMemberOfTheRequestOfAnotherType() async throws {
        let review = try #require(try Self.reviews().first)
        let members = try #require(review["request"]?.object?.keys)
        for (index, member) in members.enumerated() {
            for value in [JSONValue.null, 7, "text", ["a": [1]]] {
                var changed = review
                changed[path: "request", member] = value
                try await check(changed, seed: UInt64(index))
            }
            var without = review
            without[path: "request", member] = nil
            try await check(without, seed: UInt64(index))
        }
    }

    @Test func answersABodyThatIsCutAnywhere() async throws {
        let bytes = try #require(try Self.reviews().first).serialized
        for count in stride(from: 0, to: bytes.count, by: 331) {
            let (status, body) = try await answer("/mutate/deployments", Array(bytes.prefix(count)))
            #expect(status == 400 && body["kind"] == "Status", "\(count)")
        }
    }
}

/// The kinds that the server's webhooks know of.
private enum InformedTypes {
    static let all: [ResourceType] = [
        .canaries, .metricTemplates, .alertProviders, .deployments, .autoscalers, .services, .httpProxies,
    ]
}
