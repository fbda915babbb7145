import Platform

/// Gives out names and addresses of which none comes twice.
struct NameSource: Sendable {
    private var pods: Int
    private var events = 0

    /// Names after those of the first `pods` pods.
    init(after pods: Int = 0) { self.pods = pods }

    /// What one pod gets.
    struct PodIdentity {
        /// Five characters to follow the ReplicaSet's name.
        let suffix: String
        /// An address in 10.244.0.0/16.
        let address: String
        /// One of the two nodes.
        let node: String
    }

    /// The next pod's; addresses come round again after 65,024 pods.
    mutating func podIdentity() -> PodIdentity {
        pods += 1
        let place = (pods - 1) % (256 * 254)
        return PodIdentity(
            suffix: SafeName.suffix(pods),
            address: "10.244.\(place / 254).\(place % 254 + 1)",
            node: "sandbox-worker-\(pods % 2 + 1)"
        )
    }

    /// The name of an Event about the object `name`.
    mutating func eventName(about name: String, at now: Timestamp) -> String {
        events += 1
        return "\(name.prefix(230)).\(String(now.seconds * 1_000_000_000 + Int64(events), radix: 16))"
    }
}
