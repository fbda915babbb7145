package import JSON
package import Kubernetes

/// How many requests the pods of one template have answered by way of one Service, from the start on.
///
/// By it a test tells which revision answered: nothing of it is forgotten when pods or routes go.
package struct ServedRequests: Hashable, Sendable {
    /// The Service.
    package let service: ObjectKey
    /// The Deployment or DaemonSet; empty for pods of neither.
    package let workload: String
    /// The hash of the pod template, as the workload's controller labels its pods.
    package let revision: String
    /// The images in the template.
    package let images: [String]
    /// Whether they were copies, whose answers nobody got.
    package let areCopies: Bool
    /// How many.
    package let count: Int

    /// What they are sorted by.
    var order: [String] { ["\(service)", workload, revision, "\(areCopies)"] + images }

    /// `{"namespace", "service", "workload", "revision", "images", "copies", "count"}`.
    package var json: JSONValue {
        [
            "namespace": .string(service.namespace ?? ""), "service": .string(service.name),
            "workload": .string(workload), "revision": .string(revision),
            "images": .array(images.map { .string($0) }), "copies": .bool(areCopies),
            "count": .number(JSONNumber(count)),
        ]
    }
}
