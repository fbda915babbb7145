package import Kubernetes
import Platform

/// An API whose calls are counted.
package struct CountedAPI: InterceptedAPI {
    private static let calls = MetricFamily(
        "canarygate_kubernetes_calls_total",
        .counter,
        help: "Calls to the API server, by what came of them: ok, not_found, conflict, refused, or failed.",
        labels: ["verb", "resource", "outcome"]
    )

    package let inner: any KubernetesAPI
    private let registry = MetricRegistry([calls])

    /// Counts the calls to `api`.
    package init(_ api: any KubernetesAPI) { inner = api }

    /// What was counted, in Prometheus' text format.
    package var exposition: String { registry.exposition }

    package func pass<Answer: Sendable>(
        _ call: KubernetesCall,
        _ make: @escaping @Sendable () async throws(KubernetesError) -> Answer
    ) async throws(KubernetesError) -> Answer {
        do throws(KubernetesError) {
            let answer = try await make()
            count(call, "ok")
            return answer
        } catch {
            count(call, Self.outcome(of: error))
            throw error
        }
    }

    private func count(_ call: KubernetesCall, _ outcome: String) {
        registry.add(to: Self.calls, call.verb.rawValue, call.type.qualifiedPlural, outcome)
    }

    private static func outcome(of error: KubernetesError) -> String {
        switch error.code {
        case 404: "not_found"
        case 409: "conflict"
        case 400..<500: "refused"
        default: "failed"
        }
    }
}
