import Platform

/// Gives out names and addresses of which none comes twice.
struct NameSource: Sendable {
    private var count = 0

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
        count += 1
        let place = (count - 1) % (256 * 254)
        return PodIdentity(
            suffix: SafeName.suffix(count),
            address: "10.244.\(place / 254).\(place % 254 + 1)",
            node: "sandbox-worker-\(count % 2 + 1)"
        )
    }

    /// The name of an Event about the object `name`.
    mutating func eventName(about name: String, at now: Timestamp) -> String {
        count += 1
        return "\(name.prefix(230)).\(String(now.seconds * 1_000_000_000 + Int64(count), radix: 16))"
    }
}
