import Admission
import JSON
import Kubernetes
import Schema

/// The autoscaler of the workload, as it is in the cluster.
extension CanaryFacts {
    private static let scalerPath = FieldPath("spec", "autoscalerRef", "name")

    /// The kinds that scale a workload.
    private var scalerTypes: [ResourceType] { [.autoscalers, .scaledObjects] }

    mutating func checkScaler(in view: ClusterView) {
        guard spec["autoscalerRef"]?.object != nil else { return refuseUnnamedScaler(view) }
        let kind = spec[path: "autoscalerRef", "kind"]
        guard let type = scalerTypes.first(where: { .string($0.kind) == kind }), view.knows(type),
            let value = spec[path: "autoscalerRef", "name"], let name = value.string
        else { return }
        guard let scaler = find(type, name, in: view) else {
            return warn("autoscaler-missing", Self.scalerPath, value, "no such \(type.kind) yet", "apply it too")
        }
        let target = scaler[path: "spec", "scaleTargetRef", "name"]?.string
        if let target, let own = targetName, target != own {
            deny(
                "autoscaler-of-another",
                Self.scalerPath,
                value,
                "the \(type.kind) scales \(target), and its copy would scale \(own)-primary by that",
                "name the autoscaler of \(own)"
            )
        }
        if type == .scaledObjects { checkQueries(scaler) }
    }

    /// An autoscaler that the Canary does not name scales the target alone, and the primary keeps its number of pods.
    private mutating func refuseUnnamedScaler(_ view: ClusterView) {
        guard let kind = targetKind, let name = targetName else { return }
        for type in scalerTypes {
            let found = view.objects(type, with: .scales(name), namespace: namespace)
            guard
                let scaler = found.first(where: { ($0[path: "spec", "scaleTargetRef", "kind"]?.string ?? kind) == kind }
                )
            else { continue }
            let text = "{apiVersion: \(type.apiVersion), kind: \(type.kind), name: \(scaler.name)}"
            return deny(
                "autoscaler-unnamed",
                FieldPath("spec", "autoscalerRef"),
                nil,
                "the \(type.kind) \(scaler.name) scales \(name), and the primary, which has the traffic, would not scale",
                "write autoscalerRef: \(text)"
            )
        }
    }

    /// Flagger finds the triggers by name, or puts the primary's name in place of the target's wherever it stands.
    private mutating func checkQueries(_ scaler: JSONValue) {
        let triggers = scaler[path: "spec", "triggers"]?.array ?? []
        let queries = spec[path: "autoscalerRef", "primaryScalerQueries"]
        if let queries, let members = queries.object, !members.isEmpty {
            let names = triggers.compactMap { $0["name"]?.string }
            guard let unknown = members.keys.first(where: { !names.contains($0) }) else { return }
            return warn(
                "scaler-queries",
                FieldPath("spec", "autoscalerRef", "primaryScalerQueries"),
                queries,
                "no trigger is named \(unknown)",
                "name it"
            )
        }
        guard let name = targetName else { return }
        let hasLongerWord = triggers.compactMap { $0[path: "metadata", "query"]?.string }.contains { query in
            query.ranges(of: name).contains { range in
                let rest = query[range.upperBound...]
                let next = rest.hasPrefix("-canary") ? nil : rest.first
                let before = query[..<range.lowerBound].last
                return [next, before].contains { $0.map { $0.isLetter || $0.isNumber || $0 == "_" } ?? false }
            }
        }
        guard hasLongerWord else { return }
        warn(
            "scaler-queries",
            Self.scalerPath,
            spec[path: "autoscalerRef", "name"],
            "\(name) is part of words in its queries",
            "write primaryScalerQueries"
        )
    }
}
