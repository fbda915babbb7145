import JSON

/// Where in an object its Scale is found: `subresources.scale` of a definition.
struct ScalePaths: Hashable, Sendable {
    /// The member names that lead to the wanted replicas.
    let replicas: [String]
    /// Those that lead to the replicas that are there.
    let status: [String]
    /// Those that lead to a selector in one text; nil for the `matchLabels` of workloads.
    let selector: [String]?

    /// Those of Deployments and the like.
    static let workload = ScalePaths(
        replicas: ["spec", "replicas"],
        status: ["status", "replicas"],
        selector: nil
    )

    private init(replicas: [String], status: [String], selector: [String]?) {
        self.replicas = replicas
        self.status = status
        self.selector = selector
    }

    /// Those that `scale` of a definition declares; nil when there are none.
    init?(_ scale: JSONValue?) {
        let names = { (field: String) in
            scale?[field]?.string.map { $0.split(separator: ".").map(String.init) }
        }
        guard let replicas = names("specReplicasPath"), let status = names("statusReplicasPath") else { return nil }
        self.init(replicas: replicas, status: status, selector: names("labelSelectorPath") ?? [])
    }

    /// The selector of `object` in one text; empty when it has none.
    func selector(of object: JSONValue) -> String {
        if let selector { return selector.isEmpty ? "" : object.value(below: selector)?.string ?? "" }
        let labels = object[path: "spec", "selector", "matchLabels"]?.object ?? JSONObject()
        return labels.map { "\($0.key)=\($0.value.string ?? "")" }.joined(separator: ",")
    }
}
