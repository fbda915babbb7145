package import HTTP
package import JSON
package import Kubernetes

/// Converts by the webhook that a CustomResourceDefinition names, over HTTPS, as the API server does: one object a call,
/// and a failure is the caller's, as there is no failurePolicy.
///
/// With the strategy None objects only get the other apiVersion. Not as there: nothing converted is kept, so that an
/// object is converted at each read. Source: apiextensions-apiserver, `pkg/apiserver/conversion`.
package struct WebhookConversion: VersionConversion {
    /// What the API server waits for an answer: 30 s.
    private static let seconds = 30

    private let caller: WebhookCaller

    /// Asks webhooks over what `connect` makes, as `WebhookAdmission` does, under ids from `makeUID`; there are no Services.
    package init(
        makeUID: @escaping @Sendable () -> String = { ReviewUID.random() },
        connect: @escaping @Sendable (HTTPEndpoint, [UInt8]?) throws -> any HTTPTransport
    ) {
        let clients = WebhookClients(connect: connect)
        self.init(caller: WebhookCaller(clients: clients, makeUID: makeUID, services: WebhookServices()))
    }

    init(caller: WebhookCaller) { self.caller = caller }

    package func converted(
        _ objects: [JSONValue],
        to apiVersion: String,
        by conversion: JSONValue
    ) async throws(KubernetesError) -> [JSONValue] {
        var result: [JSONValue] = []
        for object in objects {
            if object["apiVersion"]?.string == apiVersion {
                result.append(object)
            } else if conversion["strategy"] == "Webhook" {
                result.append(try await asked(object, apiVersion, conversion["webhook"] ?? .null))
            } else {
                var object = object
                object["apiVersion"] = .string(apiVersion)
                result.append(object)
            }
        }
        return result
    }

    /// What the webhook makes of `object`.
    @inline(never)
    private func asked(
        _ object: JSONValue,
        _ apiVersion: String,
        _ webhook: JSONValue
    ) async throws(KubernetesError) -> JSONValue {
        do throws(WebhookFailure) {
            let uid = caller.makeUID()
            let call = try ConversionCall(object, to: apiVersion, uid: uid, webhook: webhook)
            let target = try WebhookTarget(clientConfig: webhook["clientConfig"])
            let body = try await caller.post(call.body, to: target, seconds: Self.seconds)
            return try call.answer(in: body)
        } catch {
            throw Self.error(error, about: object)
        }
    }

    /// 500 without a reason, as for any error that the API server has no word for.
    private static func error(_ failure: WebhookFailure, about object: JSONValue) -> KubernetesError {
        let kind = "\(object["apiVersion"]?.string ?? ""), Kind=\(object["kind"]?.string ?? "")"
        let text = failure.cause
        // What is wrong with the objects is said without the word `failed`.
        let verb = text.hasPrefix("returned ") ? "" : "failed: "
        return .refusal(500, "", "conversion webhook for \(kind) \(verb)\(text)")
    }
}
