import JSON
import Kubernetes

/// A ReplicaSet of a Deployment.
struct ReplicaSetState {
    static let revisionAnnotation = "deployment.kubernetes.io/revision"
    static let desiredAnnotation = "deployment.kubernetes.io/desired-replicas"
    static let maximumAnnotation = "deployment.kubernetes.io/max-replicas"

    /// The ReplicaSet.
    var object: JSONValue

    /// How many pods are asked for.
    var replicas: Int { object[path: "spec", "replicas"]?.tally ?? 0 }

    /// How many pods there are.
    var current: Int { object[path: "status", "replicas"]?.tally ?? 0 }

    /// How many of them are ready.
    var ready: Int { object[path: "status", "readyReplicas"]?.tally ?? 0 }

    /// How many of them have been ready for long enough.
    var available: Int { object[path: "status", "availableReplicas"]?.tally ?? 0 }

    /// The Deployment's revision that it stands for.
    var revision: Int { object.annotation(Self.revisionAnnotation).flatMap { Int32($0) }.map { Int(max(0, $0)) } ?? 0 }

    /// What orders the sets of a Deployment by age.
    var age: (Int, String) { (revision, object.name) }
}
