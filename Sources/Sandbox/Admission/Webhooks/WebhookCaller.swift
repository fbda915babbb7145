import HTTP
import HTTPTypes
import JSON

/// Asks webhooks over HTTPS, as the API server's client does.
///
/// It does not try again where a server says `Retry-After`, and offers no compression.
struct WebhookCaller: Sendable {
    /// Bytes of an answer: 16 MiB, a patch that holds the largest object there can be several times.
    private static let bodyLimit = 16 << 20

    let clients: WebhookClients
    let makeUID: @Sendable () -> String
    /// The Services that registrations name.
    let services: WebhookServices

    /// The answer of `webhook` to a new review of `attempt`.
    ///
    /// - Throws: `WebhookFailure` when there is none, or none that may be used.
    func ask(
        _ webhook: RegisteredWebhook,
        about attempt: AdmissionAttempt
    ) async throws(WebhookFailure) -> ReviewResponse {
        guard let version = webhook.reviewVersion else {
            throw WebhookFailure("webhook does not accept known AdmissionReview versions (v1, v1beta1)")
        }
        let target = try WebhookTarget(clientConfig: webhook.value["clientConfig"])
        let uid = makeUID()
        let body = try await post(
            ReviewRequest(attempt, uid: uid, version: version).body,
            to: target,
            seconds: webhook.timeoutSeconds
        )
        return try ReviewResponse(
            decoding: body,
            answering: uid,
            version: version,
            isMutating: webhook.isMutating
        )
    }

    /// The body of the answer to `body`.
    ///
    /// - Throws: `WebhookFailure` when there is none within `seconds`.
    func post(
        _ body: [UInt8],
        to target: WebhookTarget,
        seconds: Int
    ) async throws(WebhookFailure) -> [UInt8] {
        let call = target.call(seconds: seconds)
        let address = try services.address(of: target, calledAs: call)
        let client: any HTTPTransport
        do {
            client = try clients.client(of: target.endpoint, authorities: target.authorities)
        } catch {
            throw WebhookTarget.badBundle
        }
        let request = ClientRequest(
            method: .post,
            path: target.target(seconds: seconds),
            headerFields: [
                .userAgent: "kube-apiserver-admission", .accept: "application/json, */*",
                .contentType: "application/json",
            ],
            body: body,
            timeout: .seconds(seconds),
            idleTimeout: .seconds(seconds)
        )
        let response: ClientResponse
        do { response = try await client.send(request) } catch {
            throw .noAnswer(error, call, at: address)
        }
        return try await Self.body(of: response)
    }

    private static func body(of response: ClientResponse) async throws(WebhookFailure) -> [UInt8] {
        let bytes: [UInt8]
        do { bytes = try await response.body.collect(upTo: bodyLimit) } catch {
            let cause = (error as? HTTPError)?.code == .closed ? "unexpected EOF" : "\(error)"
            throw .call("unexpected error when reading response body. Please retry. Original error: \(cause)")
        }
        guard (200...206).contains(response.head.status.code) else { throw .refused(response.head, bytes) }
        guard !bytes.isEmpty else {
            let type = response.head.headerFields[.contentType] ?? ""
            let code = response.head.status.code
            throw .call("0-length response with status code: \(code) and content type: \(type)")
        }
        return bytes
    }
}
