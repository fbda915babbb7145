package import Kubernetes

/// The Lease by which replicas agree on whose loop runs.
package struct LeaseSettings: Hashable, Sendable {
    /// Where it is, and what it is called.
    package var lease: ObjectKey
    /// Who we are, and in which times the lease is renewed.
    package var election: LeaderElectionSettings

    /// The lease `canarygate` in `namespace`, for who is called `identity`.
    package init(namespace: String, identity: String) {
        lease = ObjectKey(namespace: namespace, name: "canarygate")
        // Who waits comes after 2.2 times as long at most: a lease that is handed over is taken within two seconds.
        election = LeaderElectionSettings(identity: identity, retryPeriod: .milliseconds(900))
    }
}
