package import JSON
package import Kubernetes

/// The Deployment that most tests are about.
package let test = ObjectKey(namespace: "test", name: "podinfo")

/// A Deployment with `replicas` and an image.
package func deployment(_ name: String = "podinfo", replicas: Int = 2, image: String = "podinfo:3.1.0") -> JSONValue {
    [
        "apiVersion": "apps/v1", "kind": "Deployment",
        "metadata": ["name": .string(name), "namespace": "test", "labels": ["app": .string(name)]],
        "spec": [
            "replicas": .number(JSONNumber(replicas)),
            "selector": ["matchLabels": ["app": .string(name)]],
            "template": ["spec": ["containers": [["name": "podinfod", "image": .string(image)]]]],
        ],
    ]
}

/// A ConfigMap with one value.
package func configMap(_ name: String, _ value: String = "1", namespace: String = "test") -> JSONValue {
    [
        "apiVersion": "v1", "kind": "ConfigMap",
        "metadata": ["name": .string(name), "namespace": .string(namespace)], "data": ["value": .string(value)],
    ]
}

/// The error of a call that must fail.
package func failure<Answer>(_ body: () async throws(KubernetesError) -> Answer) async -> KubernetesError? {
    do {
        _ = try await body()
        return nil
    } catch {
        return error
    }
}

extension WatchEvent {
    /// `modified podinfo 1002`.
    package var summary: String {
        switch self {
        case .added(let object): "added \(object.name) \(object.resourceVersion)"
        case .modified(let object): "modified \(object.name) \(object.resourceVersion)"
        case .deleted(let object): "deleted \(object.name) \(object.resourceVersion)"
        case .bookmark(let version): "bookmark \(version)"
        }
    }
}

extension InformerEvent {
    /// `updated podinfo 1001 to 1002`.
    package var summary: String {
        switch self {
        case .added(let object): "added \(object.name) \(object.resourceVersion)"
        case .updated(let old, let new): "updated \(new.name) \(old.resourceVersion) to \(new.resourceVersion)"
        case .deleted(let object): "deleted \(object.name) \(object.resourceVersion)"
        }
    }
}
