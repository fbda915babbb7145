import JSON
import Kubernetes

/// An HTTPProxy under check, taken apart once.
struct ProxyContext: Sendable {
    /// The object's place.
    let key: ObjectKey
    /// Its spec.
    let spec: JSONValue
    /// The virtualhost; null for a child.
    let virtualHost: JSONValue
    /// What is known of other objects.
    let answers: any NeighbourAnswers

    init(_ proxy: JSONValue, _ answers: any NeighbourAnswers) {
        key = proxy.key
        spec = proxy["spec"] ?? .null
        virtualHost = spec["virtualhost"] ?? .null
        self.answers = answers
    }

    /// Whether it is a root.
    var isRoot: Bool { virtualHost.object != nil }

    /// The root's name; empty for a child.
    var host: String { virtualHost["fqdn"]?.string ?? "" }

    /// The namespace; empty where none is given.
    var namespace: String { key.namespace ?? "" }

    /// The tls block; null without one.
    var tls: JSONValue { virtualHost["tls"] ?? .null }

    /// An empty list for its faults.
    var faultList: FaultList { FaultList(host: isRoot ? host : nil) }
}
