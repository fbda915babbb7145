package import Analysis
package import FlaggerAPI
package import Rollout

/// Takes measurements from a Prometheus.
package struct PrometheusMetricReader: CanaryMetricReader {
    private let client: @Sendable (String?) throws -> PrometheusClient

    /// A reader whose clients come from `client`, called with the Canary's `metricsServer` URL, nil where it has none.
    package init(client: @escaping @Sendable (String?) throws -> PrometheusClient) { self.client = client }

    package func read(_ metric: CanaryMetric, of canary: Canary) async throws(CancellationError) -> Answer {
        switch metric.source {
        case .successRate: return try await read(.requestSuccessRate, metric, canary)
        case .duration: return try await read(.requestDuration, metric, canary)
        case .query(let expression): return Answer(try await query(expression, canary))
        case .template(let namespace, let name):
            return .unavailable("MetricTemplate \(namespace)/\(name): metric templates are not supported yet")
        case .none: return .unavailable("no usable metrics template and query were configured")
        }
    }

    private func read(
        _ builtin: ContourMetric,
        _ metric: CanaryMetric,
        _ canary: Canary
    ) async throws(CancellationError) -> Answer {
        guard let expression = expression(builtin, metric, canary) else {
            return .unavailable("\(builtin.rawValue): pods of a \(canary.target.kind) do not count requests")
        }
        return Answer(builtin.normalized(try await query(expression, canary)))
    }

    /// What is asked: Envoy, or without a proxy the pods themselves.
    private func expression(_ builtin: ContourMetric, _ metric: CanaryMetric, _ canary: Canary) -> String? {
        switch canary.provider {
        case .contour:
            return builtin.expression(
                namespace: canary.namespace,
                service: canary.service.canaryName,
                interval: metric.interval
            )
        case .kubernetes:
            guard let ofPods = PodMetric(rawValue: builtin.rawValue),
                let workload = PodMetric.Workload(rawValue: canary.target.kind)
            else { return nil }
            return ofPods.expression(
                namespace: canary.namespace,
                workload,
                name: canary.target.name,
                interval: metric.interval
            )
        }
    }

    private func query(_ expression: String, _ canary: Canary) async throws(CancellationError) -> MetricReading {
        let prometheus: PrometheusClient
        do {
            prometheus = try client(canary.metricsServer)
        } catch {
            return .failed("\(error)")
        }
        return try await prometheus.query(expression)
    }
}

extension Answer {
    /// A provider's reading as the state machine takes it.
    init(_ reading: MetricReading) {
        switch reading {
        case .value(let value): self = .value(value)
        case .noData: self = .noData
        case .failed(let reason): self = .unavailable(reason)
        }
    }
}
