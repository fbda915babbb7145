package import HTTP
package import JSON
package import Kubernetes
package import Sockets
import TLS

/// Asks the webhooks that the cluster's MutatingWebhookConfigurations and ValidatingWebhookConfigurations register, over
/// HTTPS, as the API server does.
///
/// Not as there: `matchPolicy: Equivalent` covers the versions of custom kinds alone; a Service
/// is reached only where `ServiceAddresses` says; and matchConditions know no `authorizer`. The webhooks' timeouts are real time, whatever the cluster's
/// clock says. Source: k8s.io/apiserver/pkg/admission/plugin/webhook.
package struct WebhookAdmission: AdmissionControl {
    private let cluster: InMemoryCluster
    private let caller: WebhookCaller
    /// Converts by the same connections.
    let conversion: WebhookConversion

    /// Asks the webhooks of `cluster` over connections on `loops`; those that are registered by a Service at the address
    /// of that.
    package init(
        cluster: InMemoryCluster,
        loops: EventLoopGroup,
        services: ServiceAddresses = ServiceAddresses()
    ) {
        self.init(cluster: cluster, services: services) { endpoint, authorities in
            HTTPClient(
                endpoint: endpoint,
                tls: try TLSContext.client(authorities: authorities),
                loops: loops,
                address: services.address(of: endpoint)
            )
        }
    }

    /// Asks the webhooks of `cluster` over what `connect` makes for an endpoint and the authorities to trust there (PEM;
    /// nil for the system's), under ids from `makeUID`.
    ///
    /// A `connect` that throws says that the authorities cannot be read.
    package init(
        cluster: InMemoryCluster,
        services: ServiceAddresses = ServiceAddresses(),
        makeUID: @escaping @Sendable () -> String = { ReviewUID.random() },
        connect: @escaping @Sendable (HTTPEndpoint, [UInt8]?) throws -> any HTTPTransport
    ) {
        self.cluster = cluster
        caller = WebhookCaller(
            clients: WebhookClients(connect: connect),
            makeUID: makeUID,
            services: WebhookServices(of: cluster, at: services)
        )
        conversion = WebhookConversion(caller: caller)
    }

    /// Asks the mutating webhooks one after the other, and some of them twice; the warnings are as they came.
    ///
    /// - Throws: `KubernetesError` with the answer for the client, and the warnings that go with it.
    package func mutate(
        _ attempt: AdmissionAttempt
    ) async throws(KubernetesError) -> (object: JSONValue?, warnings: [String]) {
        guard !Self.isExempt(attempt) else { return (attempt.object, []) }
        var attempt = attempt
        var warnings: [String] = []
        do {
            try await mutate(&attempt, &warnings)
        } catch {
            throw Self.error(error, with: warnings)
        }
        return (attempt.object, warnings)
    }

    private func mutate(_ attempt: inout AdmissionAttempt, _ warnings: inout [String]) async throws(KubernetesError) {
        let webhooks = RegisteredWebhook.all(in: cluster, isMutating: true)
        var record = ReinvocationRecord()
        for isFirstRound in [true, false] {
            for (place, webhook) in webhooks.enumerated() where isFirstRound || record.pending.contains(place) {
                guard let version = try webhook.version(askedAbout: attempt, in: cluster) else { continue }
                var seen = try await converted(attempt, to: version)
                guard try webhook.conditionsHold(for: seen) else { continue }
                guard let answer = try await answer(of: webhook, to: seen, &warnings) else { continue }
                let old = attempt.object
                if !answer.patch.isEmpty {
                    try apply(answer.patch, of: webhook, to: &seen)
                    attempt.object = try await converted(seen, to: attempt.type).object
                }
                record.note(place, hasChanged: attempt.object != old, isReinvocable: webhook.isReinvoked)
            }
        }
    }

    /// Asks all validating webhooks at once; the first refusal in their order is the one that is told.
    ///
    /// - Throws: `KubernetesError` with the answer for the client, and the warnings that go with it.
    package func validate(_ attempt: AdmissionAttempt) async throws(KubernetesError) -> [String] {
        guard !Self.isExempt(attempt) else { return [] }
        var asked: [Question] = []
        for webhook in RegisteredWebhook.all(in: cluster, isMutating: false) {
            guard let version = try webhook.version(askedAbout: attempt, in: cluster) else { continue }
            let seen = try await converted(attempt, to: version)
            guard try webhook.conditionsHold(for: seen) else { continue }
            asked.append(Question(webhook: webhook, attempt: seen))
        }
        let judgements = await judgements(of: asked)
        let warnings = judgements.flatMap(\.warnings)
        if let error = judgements.lazy.compactMap(\.error).first { throw Self.error(error, with: warnings) }
        return warnings
    }

    /// What one validating webhook is asked.
    private struct Question: Sendable {
        let webhook: RegisteredWebhook
        let attempt: AdmissionAttempt
    }

    /// What one validating webhook says.
    private struct Judgement: Sendable {
        var warnings: [String] = []
        var error: KubernetesError?
    }

    private func judgements(of questions: [Question]) async -> [Judgement] {
        await withTaskGroup(of: (Int, Judgement).self) { group in
            for (place, question) in questions.enumerated() {
                group.addTask { (place, await judgement(of: question.webhook, on: question.attempt)) }
            }
            var judgements = [Judgement](repeating: Judgement(), count: questions.count)
            for await (place, judgement) in group { judgements[place] = judgement }
            return judgements
        }
    }

    private func judgement(of webhook: RegisteredWebhook, on attempt: AdmissionAttempt) async -> Judgement {
        var judgement = Judgement()
        do throws(KubernetesError) {
            _ = try await answer(of: webhook, to: attempt, &judgement.warnings)
        } catch {
            judgement.error = error
        }
        return judgement
    }

    /// `attempt` with its objects in the version of `type`.
    private func converted(
        _ attempt: AdmissionAttempt,
        to type: ResourceType
    ) async throws(KubernetesError) -> AdmissionAttempt {
        guard type != attempt.type else { return attempt }
        let definition = cluster.object(.customResourceDefinitions, nil, attempt.type.qualifiedPlural)
        let how = definition?[path: "spec", "conversion"] ?? .null
        var result = attempt
        result.type = type
        if let object = attempt.object {
            result.object = try await conversion.converted(object, to: type.apiVersion, by: how)
        }
        if let object = attempt.oldObject {
            result.oldObject = try await conversion.converted(object, to: type.apiVersion, by: how)
        }
        return result
    }

    // MARK: One webhook

    /// What `webhook` answers when it lets the request through; nil when it cannot be asked and that is ignored.
    private func answer(
        of webhook: RegisteredWebhook,
        to attempt: AdmissionAttempt,
        _ warnings: inout [String]
    ) async throws(KubernetesError) -> ReviewResponse? {
        guard !attempt.isDryRun || webhook.supportsDryRun else {
            let problem = "admission webhook \"\(webhook.name)\" does not support dry run"
            throw .answer(attempt.text, code: 400, reason: "BadRequest", problem)
        }
        let response: ReviewResponse
        do throws(WebhookFailure) {
            response = try await caller.ask(webhook, about: attempt)
        } catch {
            guard !webhook.failsOpen else { return nil }
            throw .internalError(attempt.text, "failed calling webhook \"\(webhook.name)\": \(error.text)")
        }
        warnings += response.warnings
        guard response.isAllowed else { throw AdmissionDenial.error(webhook.name, response.status, attempt) }
        return response
    }

    /// Changes the object of `attempt` by `patch`, and completes it again as the store will see it.
    ///
    /// A patch that does not apply fails the request whatever the failurePolicy.
    private func apply(
        _ patch: JSONPatch,
        of webhook: RegisteredWebhook,
        to attempt: inout AdmissionAttempt
    ) throws(KubernetesError) {
        guard !patch.isEmpty else { return }
        guard let object = attempt.object else {
            let problem = "attempted to modify the object, which is not supported for this operation"
            throw .internalError(attempt.text, "admission webhook \"\(webhook.name)\" \(problem)")
        }
        let patched: JSONValue
        do { patched = try WebhookPatch.applying(patch, to: object) } catch {
            throw .internalError(attempt.text, error.text)
        }
        guard patched["kind"] == object["kind"], patched["apiVersion"] == object["apiVersion"] else {
            let problem = "changed apiVersion or kind of the object"
            throw .internalError(attempt.text, "admission webhook \"\(webhook.name)\" \(problem)")
        }
        attempt.object = completed(patched, attempt)
    }

    private func completed(_ object: JSONValue, _ attempt: AdmissionAttempt) -> JSONValue {
        guard [nil, "status"].contains(attempt.subresource) else { return object }
        guard let definition = cluster.object(.customResourceDefinitions, nil, attempt.type.qualifiedPlural) else {
            return ObjectDefaults.completed(object, attempt.type)
        }
        let kind = CustomKind.kinds(of: definition).first { $0.type.version == attempt.type.version }
        return kind?.pruned(object) ?? object
    }

    private static func error(_ error: KubernetesError, with warnings: [String]) -> KubernetesError {
        var error = error
        error.warnings = warnings
        return error
    }

    /// Webhook configurations never pass webhooks, so that a wrong one can be mended.
    private static func isExempt(_ attempt: AdmissionAttempt) -> Bool {
        ["mutatingwebhookconfigurations", "validatingwebhookconfigurations"].contains(attempt.type.plural)
            && attempt.type.group == "admissionregistration.k8s.io"
    }
}
