package import Kubernetes

/// What pods have counted, and who has served what.
///
/// The histogram `http_request_duration_seconds` with the labels that Flagger's queries about plain Services ask for. Its
/// buckets are Envoy's, in seconds.
package struct PodStatistics: Sendable {
    private struct Counter {
        var codes: [Int: Int] = [:]
        var buckets = [Int](repeating: 0, count: EnvoyStatistics.bounds.count + 1)
        var seconds = 0.0
    }

    /// All that tells one entry of what was served from others.
    private struct Serving: Hashable {
        let service: ObjectKey
        let workload: String
        let revision: String
        let images: [String]
        let isCopy: Bool
    }

    private var counters: [ObjectKey: Counter] = [:]
    private var servings: [Serving: Int] = [:]

    /// Nothing counted yet.
    package init() {}

    /// Drops the counters of other pods than these; what was served stays.
    package mutating func keep(_ pods: Set<ObjectKey>) { counters = counters.filter { pods.contains($0.key) } }

    /// Notes that `pod` has answered requests that came by `service`.
    mutating func serve(_ requests: Int, by pod: ServingPod, of service: ObjectKey, isCopy: Bool) {
        guard requests > 0 else { return }
        let serving = Serving(
            service: service,
            workload: pod.workload,
            revision: pod.revision,
            images: pod.images,
            isCopy: isCopy
        )
        servings[serving, default: 0] += requests
    }

    /// Counts answers of `code` by the pod.
    mutating func count(_ requests: Int, code: Int, in pod: ObjectKey) {
        guard requests > 0 else { return }
        counters[pod, default: Counter()].codes[code, default: 0] += requests
    }

    /// Counts answers that took `milliseconds`.
    mutating func time(_ requests: Int, milliseconds: Double, in pod: ObjectKey) {
        guard requests > 0 else { return }
        let index = EnvoyStatistics.bounds.firstIndex { milliseconds <= $0 } ?? EnvoyStatistics.bounds.count
        counters[pod, default: Counter()].buckets[index] += requests
        counters[pod, default: Counter()].seconds += Double(requests) * milliseconds / 1_000
    }

    /// What was served, by Service, workload and revision.
    package var served: [ServedRequests] {
        servings.map { serving, count in
            ServedRequests(
                service: serving.service,
                workload: serving.workload,
                revision: serving.revision,
                images: serving.images,
                areCopies: serving.isCopy,
                count: count
            )
        }
        .sorted { $0.order.lexicographicallyPrecedes($1.order) }
    }

    /// The counters' values, a series each.
    ///
    /// The times are not told apart by status, which the queries do not ask for: they stand under the status of success.
    var samples: [(LabelSet, Double)] {
        counters.sorted { "\($0.key)" < "\($1.key)" }.flatMap { pod, counter in
            Self.counts(counter, pod) + Self.times(counter, pod)
        }
    }

    private static let series = "http_request_duration_seconds"

    private static func labels(_ suffix: String, _ pod: ObjectKey, _ more: [(String, String)]) -> LabelSet {
        LabelSet(
            [
                (LabelSet.nameLabel, "\(series)_\(suffix)"), ("kubernetes_namespace", pod.namespace ?? ""),
                ("kubernetes_pod_name", pod.name),
            ] + more
        )
    }

    private static func counts(_ counter: Counter, _ pod: ObjectKey) -> [(LabelSet, Double)] {
        counter.codes.sorted { $0.key < $1.key }.map { code, count in
            (labels("count", pod, [("status", String(code))]), Double(count))
        }
    }

    private static func times(_ counter: Counter, _ pod: ObjectKey) -> [(LabelSet, Double)] {
        var below = 0
        var samples: [(LabelSet, Double)] = []
        for (bound, count) in zip(EnvoyStatistics.bounds + [.infinity], counter.buckets) {
            below += count
            let text = SampleValue.text(bound.isInfinite ? bound : bound / 1_000)
            samples.append((labels("bucket", pod, [("status", "200"), ("le", text)]), Double(below)))
        }
        guard below > 0 else { return [] }
        samples.append((labels("sum", pod, [("status", "200")]), counter.seconds))
        return samples
    }
}
