/// What the sandbox's Envoy has counted, by cluster.
///
/// Source: Envoy's cluster statistics under the names that Contour gives the clusters, `<namespace>_<service>_<port>`.
package struct EnvoyStatistics: Sendable {
    /// The upper bounds of the buckets in milliseconds: Envoy's defaults up to five minutes.
    static let bounds: [Double] = [
        0.5, 1, 5, 10, 25, 50, 100, 250, 500, 1_000, 2_500, 5_000, 10_000, 30_000, 60_000, 300_000,
    ]

    private struct Cluster {
        var codes: [Int: Int] = [:]
        /// Observations that fall between one bound and the one before it; those above the last come last.
        var buckets = [Int](repeating: 0, count: bounds.count + 1)
        var sum = 0.0
    }

    private var clusters: [String: Cluster] = [:]

    /// Nothing counted yet.
    package init() {}

    /// Drops the counters of other clusters than these.
    package mutating func keep(_ names: Set<String>) { clusters = clusters.filter { names.contains($0.key) } }

    /// Counts answers of `code` from the cluster.
    package mutating func count(_ requests: Int, code: Int, in cluster: String) {
        guard requests > 0 else { return }
        clusters[cluster, default: Cluster()].codes[code, default: 0] += requests
    }

    /// Counts answers that took `milliseconds`.
    package mutating func time(_ requests: Int, milliseconds: Double, in cluster: String) {
        guard requests > 0 else { return }
        let index = Self.bounds.firstIndex { milliseconds <= $0 } ?? Self.bounds.count
        clusters[cluster, default: Cluster()].buckets[index] += requests
        clusters[cluster, default: Cluster()].sum += Double(requests) * milliseconds
    }

    /// The counters' values, a series each; a code that never came has none.
    package var samples: [(LabelSet, Double)] { families.flatMap(\.samples) }

    /// The text exposition format, version 0.0.4.
    package var exposition: String {
        families.map { family in
            let lines = family.samples.map { "\($0.0.description) \(SampleValue.text($0.1))\n" }
            return "# TYPE \(family.name) \(family.kind)\n" + lines.joined()
        }
        .joined()
    }

    private typealias Family = (name: String, kind: String, samples: [(LabelSet, Double)])

    private var families: [Family] {
        let sorted = clusters.sorted { $0.key < $1.key }
        let request = "envoy_cluster_upstream_rq"
        return [
            (request, "counter", sorted.flatMap { Self.codes($0.value, request, $0.key) }),
            ("\(request)_xx", "counter", sorted.flatMap { Self.classes($0.value, "\(request)_xx", $0.key) }),
            (
                "\(request)_total", "counter",
                sorted.map {
                    let total = $0.value.codes.values.reduce(0, +)
                    return (LabelSet("\(request)_total", ["envoy_cluster_name": $0.key]), Double(total))
                }
            ),
            ("\(request)_time", "histogram", sorted.flatMap { Self.times($0.value, "\(request)_time", $0.key) }),
        ]
    }

    private static func codes(_ cluster: Cluster, _ name: String, _ clusterName: String) -> [(LabelSet, Double)] {
        cluster.codes.sorted { $0.key < $1.key }.map { code, count in
            let labels = LabelSet(name, ["envoy_cluster_name": clusterName, "envoy_response_code": String(code)])
            return (labels, Double(count))
        }
    }

    private static func classes(_ cluster: Cluster, _ name: String, _ clusterName: String) -> [(LabelSet, Double)] {
        let classes = Dictionary(grouping: cluster.codes) { $0.key / 100 }
        return classes.sorted { $0.key < $1.key }.map { digit, codes in
            let labels = LabelSet(
                name,
                ["envoy_cluster_name": clusterName, "envoy_response_code_class": String(digit)]
            )
            return (labels, Double(codes.reduce(0) { $0 + $1.value }))
        }
    }

    private static func times(_ cluster: Cluster, _ name: String, _ clusterName: String) -> [(LabelSet, Double)] {
        var below = 0
        var samples: [(LabelSet, Double)] = []
        for (bound, count) in zip(bounds + [.infinity], cluster.buckets) {
            below += count
            let labels = ["envoy_cluster_name": clusterName, "le": SampleValue.text(bound)] as KeyValuePairs
            samples.append((LabelSet("\(name)_bucket", labels), Double(below)))
        }
        guard below > 0 else { return [] }
        samples.append((LabelSet("\(name)_sum", ["envoy_cluster_name": clusterName]), cluster.sum))
        samples.append((LabelSet("\(name)_count", ["envoy_cluster_name": clusterName]), Double(below)))
        return samples
    }
}
