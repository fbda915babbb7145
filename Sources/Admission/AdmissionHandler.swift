package import HTTP
import HTTPTypes
import JSON
package import Platform
import Schema

/// Answers the API server's reviews: finds the webhook of the path, decodes, asks it, encodes.
///
/// A webhook runs inline on the connection's event loop; it is a pure function, so this never suspends.
package struct AdmissionHandler: HTTPHandler {
    /// Bytes of a review.
    ///
    /// The API server takes bodies of up to 3 MiB, and an update holds the object twice.
    package static let bodyLimit = 8 << 20

    /// The fields of every review's answer, made once.
    private static let fields: HTTPFields = [.contentType: "application/json"]

    private let webhooks: [String: any Webhook]
    private let view: @Sendable () -> ClusterView
    private let clock: any WallClock
    private let observe: @Sendable (AdmissionObservation) -> Void

    /// A handler of `webhooks`, whose paths are distinct.
    ///
    /// - Parameters:
    ///   - webhooks: what is asked, by path.
    ///   - view: gives the picture of the cluster for one review; called once for each.
    ///   - clock: tells the time of a review and how long it took.
    ///   - observe: is told of every answered review, on the connection's event loop; it must not block.
    package init(
        webhooks: [any Webhook],
        view: @escaping @Sendable () -> ClusterView,
        clock: any WallClock,
        observe: @escaping @Sendable (AdmissionObservation) -> Void = { _ in }
    ) {
        self.webhooks = Dictionary(webhooks.map { ($0.path, $0) }) { first, second in
            preconditionFailure("two webhooks are registered under \(first.path)")
        }
        self.view = view
        self.clock = clock
        self.observe = observe
    }

    /// The paths that are answered.
    package var paths: [String] { webhooks.keys.sorted() }

    /// The answer to `request`: 200 with a review for every review, and a `v1 Status` for anything else.
    package func response(to request: ServerRequest) async -> ServerResponse {
        let path = String(request.path)
        guard let webhook = webhooks[path] else {
            return StatusResponse.make(.notFound, reason: "NotFound", message: "no webhook is registered at this path")
        }
        if let refusal = Self.refusal(of: request) { return refusal }
        let start = clock.now()
        let review: AdmissionReview
        do {
            review = try AdmissionReview(decoding: request.body)
        } catch {
            return StatusResponse.make(.badRequest, reason: "BadRequest", message: error.description)
        }
        let body = answer(to: review, from: webhook, start: start)
        return ServerResponse(status: .ok, headerFields: Self.fields, body: .bytes(body))
    }

    /// What is wrong with the HTTP of `request`; nil when nothing is.
    static func refusal(of request: ServerRequest) -> ServerResponse? {
        guard request.head.method == .post else {
            return StatusResponse.make(
                .methodNotAllowed,
                reason: "MethodNotAllowed",
                message: "a review is sent with POST",
                headerFields: [.allow: "POST"]
            )
        }
        guard request.head.isContentType("application/json") || isJSON(request.head[.contentType] ?? "") else {
            return StatusResponse.make(
                .unsupportedMediaType,
                reason: "UnsupportedMediaType",
                message: "a review is sent as application/json"
            )
        }
        guard request.body.count <= bodyLimit else {
            return StatusResponse.make(
                .contentTooLarge,
                reason: "RequestEntityTooLarge",
                message: "the review is larger than \(bodyLimit) bytes"
            )
        }
        return nil
    }

    /// Whether `contentType` is JSON's, whatever its case and parameters.
    private static func isJSON(_ contentType: String) -> Bool {
        contentType.prefix { $0 != ";" && $0 != " " && $0 != "\t" }.lowercased() == "application/json"
    }

    private func answer(to review: AdmissionReview, from webhook: any Webhook, start: Timestamp) -> [UInt8] {
        let request = review.request
        let verdict: Verdict
        let answer: AdmissionAnswer
        let fault: String?
        do {
            verdict = try webhook.verdict(on: request, in: view(), now: start)
            (answer, fault) = Self.answer(for: verdict, on: request, isMutating: webhook.isMutating)
        } catch {
            verdict = .allowed
            answer = AdmissionAnswer(failing: webhook.failurePolicy, on: request)
            fault = "could not judge: \(error)"
        }
        let bytes = answer.encoded(answering: review)
        observe(
            AdmissionObservation(
                path: webhook.path,
                operation: request.operation,
                kind: request.kind,
                namespace: request.namespace,
                name: request.displayName,
                user: request.username,
                uid: request.uid,
                isAllowed: answer.isAllowed,
                findings: verdict.findings.map { ($0.rule, $0.severity) },
                audited: verdict.audited.map { ($0.rule, $0.path, $0.reported?.description) },
                brokenGlass: request.isDryRun ? nil : verdict.brokenGlass,
                lookup: verdict.lookup,
                patchOperations: answer.patch?.operations.count ?? 0,
                duration: clock.now() - start,
                fault: fault
            )
        )
        return bytes
    }

    /// The answer that `verdict` means, and what was wrong with the verdict itself.
    ///
    /// The API server fails the whole request over a patch where none may be, so such a patch is left out.
    private static func answer(
        for verdict: Verdict,
        on request: AdmissionRequest,
        isMutating: Bool
    ) -> (AdmissionAnswer, fault: String?) {
        var answer = AdmissionAnswer(isAllowed: verdict.isAllowed, warnings: WarningList.texts(of: verdict))
        if let forbidden = verdict.forbidden {
            answer.status = DenialStatus.forbidden(forbidden, request)
        } else if !verdict.isAllowed {
            answer.status = DenialStatus.invalid(verdict.findings.filter { $0.severity == .deny }, request)
        }
        guard verdict.isAllowed, !verdict.patch.isEmpty else { return (answer, nil) }
        guard isMutating else { return (answer, "a validating webhook gave a patch") }
        guard request.operation == .create || request.operation == .update else {
            return (answer, "a patch was given for \(request.operation.rawValue)")
        }
        answer.patch = verdict.patch
        return (answer, nil)
    }
}
