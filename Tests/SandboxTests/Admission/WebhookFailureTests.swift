import HTTP
import HTTPTypes
import JSON
import Kubernetes
import Platform
import Sandbox
import TestSupport
import Testing

@Suite(.timeLimit(.minutes(1))) struct WebhookFailureTests {
    @Test(arguments: [
        ("", "0-length response with status code: 200 and content type: application/json"),
        (
            "nothing",
            "couldn't get version/kind; json parse error: parse JSON: expected a value at line 1, column 1"
        ),
        (
            #"{"apiVersion":"admission.k8s.io/v1beta1","kind":"AdmissionReview"}"#,
            "converting (v1beta1.AdmissionReview) to (v1.AdmissionReview): unknown conversion"
        ),
        (#"{"apiVersion":"v1","kind":"Foo"}"#, #"no kind "Foo" is registered for version "v1""#),
        (
            #"{"apiVersion":"admission.k8s.io/v1","kind":"AdmissionReview","response":{"uid":"uid-1","allowed":"true"}}"#,
            "json: cannot unmarshal string into Go struct field AdmissionResponse.response.allowed of type bool"
        ),
    ])
    func failsForABodyThatIsNoReview(body: String, problem: String) async throws {
        let bench = AdmissionBench(
            FakeWebhookServer { _, _ in
                ServerResponse(status: .ok, contentType: "application/json", body: .bytes(Array(body.utf8)))
            }
        )
        try await expect("failed to call webhook: \(problem)", bench, isMutating: false)
    }

    @Test(arguments: [
        (#"{}"#, #"expected webhook response of admission.k8s.io/v1, Kind=AdmissionReview, got /, Kind="#),
        (#"{"apiVersion":"admission.k8s.io/v1","kind":"AdmissionReview"}"#, "webhook response was absent"),
        (
            #"{"apiVersion":"admission.k8s.io/v1","kind":"AdmissionReview","response":{"uid":"0000","allowed":true}}"#,
            #"expected response.uid="uid-1", got "0000""#
        ),
    ])
    func failsForAnAnswerToSomethingElse(body: String, problem: String) async throws {
        let value = try JSONValue(parsing: body)
        let bench = AdmissionBench(FakeWebhookServer { _, _ in FakeWebhookServer.json(value) })
        try await expect("received invalid webhook response: \(problem)", bench, isMutating: false)
    }

    @Test(arguments: [
        (
            true, #"{"patch":"W10="}"#,
            "received invalid webhook response: webhook returned response.patch but not response.patchType"
        ),
        (
            true, #"{"patchType":"JSONPatch"}"#,
            "received invalid webhook response: webhook returned response.patchType but not response.patch"
        ),
        (true, #"{"patch":"W10=","patchType":"MergePatch"}"#, #"unsupported patch type "MergePatch""#),
        (
            true, #"{"patch":"!","patchType":"JSONPatch"}"#,
            "failed to call webhook: illegal base64 data in response.patch"
        ),
        (
            true, #"{"patch":"e30=","patchType":"JSONPatch"}"#,
            "received undecodable patch in webhook response: read JSON patch: object, expected array"
        ),
        (
            false, #"{"patch":"W10=","patchType":"JSONPatch"}"#,
            "received invalid webhook response: validating webhook may not return response.patch"
        ),
        (
            false, #"{"patchType":"JSONPatch"}"#,
            "received invalid webhook response: validating webhook may not return response.patchType"
        ),
    ])
    func failsForAPatchThatMayNotBe(isMutating: Bool, members: String, problem: String) async throws {
        var response = try JSONValue(parsing: members)
        response["allowed"] = true
        let answer = response
        try await expect(problem, AdmissionBench { _, _ in answer }, isMutating: isMutating)
    }

    @Test func asksLessOfTheOldVersion() async throws {
        let bench = AdmissionBench(
            FakeWebhookServer { _, _ in
                FakeWebhookServer.json(["response": ["allowed": true, "patchType": "JSONPatch"]])
            }
        )
        let old: JSONValue = ["admissionReviewVersions": ["v1beta1"]]
        bench.register(mutating: true, [webhook("check.example.com", old)])
        bench.register(mutating: false, [webhook("check.example.com", old)])
        _ = try await bench.admission.mutate(attempt())
        _ = try await bench.admission.validate(attempt())
    }

    @Test(arguments: [
        (
            500, "text/plain", "kaboom happened",
            #"an error on the server ("kaboom happened") has prevented the request from succeeding"#
        ),
        (
            500, "application/json", "{}",
            #"an error on the server ("unknown") has prevented the request from succeeding"#
        ),
        (
            500, "application/json", #"{"kind":"Status","apiVersion":"v1","message":"my own status text"}"#,
            "my own status text"
        ),
        (404, "text/plain", "", "the server could not find the requested resource"),
        (403, "text/plain", "forbidden text", "forbidden text"),
        (401, "text/plain", "", "the server has asked for the client to provide credentials"),
    ])
    func failsForAnotherStatus(code: Int, type: String, body: String, problem: String) async throws {
        let bench = AdmissionBench(
            FakeWebhookServer { _, _ in
                ServerResponse(
                    status: HTTPResponse.Status(code: code),
                    contentType: type,
                    body: .bytes(Array(body.utf8))
                )
            }
        )
        try await expect("failed to call webhook: \(problem)", bench, isMutating: true)
    }

    @Test(arguments: [
        (HTTPError.Code.timeout, "no answer in time", "context deadline exceeded"),
        (.closed, "closed without a response", "EOF"),
        (.unreachable, "connection refused", "dial tcp hook.test:8443: connect: connection refused"),
        (.unreachable, "resolve hook.test: no such name", "dial tcp: resolve hook.test: no such name"),
        (
            .tls, "certificate verify failed: unable to get local issuer certificate",
            "tls: failed to verify certificate: x509: certificate signed by unknown authority"
        ),
        (
            .tls, "certificate is not valid for localhost, but for a.test, b.test",
            "tls: failed to verify certificate: x509: certificate is valid for a.test, b.test, not localhost"
        ),
    ])
    func saysWhyACallFailed(code: HTTPError.Code, reason: String, problem: String) async throws {
        let cluster = InMemoryCluster(clock: ManualClock())
        let admission = WebhookAdmission(cluster: cluster) { _, _ in
            FailingTransport(error: HTTPError(code: code, operation: "call", reason: reason))
        }
        let registration = webhook(
            "check.example.com",
            ["clientConfig": ["url": "https://hook.test:8443/a/"], "timeoutSeconds": 2]
        )
        cluster.put(.validatingWebhooks, ["metadata": ["name": "hooks"], "webhooks": [registration]])
        let error = await failure { () async throws(KubernetesError) in try await admission.validate(attempt()) }
        let call = #"failed to call webhook: Post "https://hook.test:8443/a?timeout=2s": "#
        #expect(
            error?.message
                == #"Internal error occurred: failed calling webhook "check.example.com": \#(call)\#(problem)"#
        )
    }

    @Test(arguments: [
        (
            #"{"clientConfig":{"url":null,"service":{"namespace":"n","name":"s"}}}"#,
            #"failed to call webhook: Post "https://s.n.svc:443/?timeout=10s": service "s" not found"#
        ),
        (
            #"{"clientConfig":{"url":"http://hook.test/"}}"#,
            """
            failed to call webhook: clientConfig.url "http://hook.test/", expected an https URL without user, query and \
            fragment
            """
        ),
        (
            #"{"clientConfig":{"caBundle":"!"}}"#,
            "could not get REST client: unable to load root certificates: unable to parse bytes as PEM block"
        ),
        (
            #"{"admissionReviewVersions":["v2"]}"#,
            "webhook does not accept known AdmissionReview versions (v1, v1beta1)"
        ),
    ])
    func failsForARegistrationThatCannotBeCalled(changes: String, problem: String) async throws {
        try await expect(problem, AdmissionBench(), isMutating: true, try JSONValue(parsing: changes))
    }

    /// The failure fails the request under Fail, and is passed over under Ignore.
    private func expect(
        _ problem: String,
        _ bench: AdmissionBench,
        isMutating: Bool,
        _ changes: JSONValue = .object(JSONObject())
    ) async throws {
        bench.register(mutating: isMutating, [webhook("check.example.com", changes)])
        let error = await failure { () async throws(KubernetesError) in try await ask(bench, isMutating) }
        let message = #"failed calling webhook "check.example.com": \#(problem)"#
        #expect(error?.message == "Internal error occurred: \(message)")
        #expect(error?.code == 500)
        #expect(error?.reason == "InternalError")
        #expect(error?.status?[path: "details", "causes"]?[0]?["message"] == .string(message))
        let ignoring = changes.merging(["failurePolicy": "Ignore"])
        bench.register(mutating: isMutating, [webhook("check.example.com", ignoring)])
        try await ask(bench, isMutating)
    }

    private func ask(_ bench: AdmissionBench, _ isMutating: Bool) async throws(KubernetesError) {
        if isMutating {
            _ = try await bench.admission.mutate(attempt())
        } else {
            _ = try await bench.admission.validate(attempt())
        }
    }
}

/// Answers nothing.
private struct FailingTransport: HTTPTransport {
    let error: HTTPError

    func send(_ request: ClientRequest) async throws -> ClientResponse { throw error }
}
