/// What the loop alone writes on a target, and what it reads on a Canary.
extension GateAnnotations {
    /// While the Canary is being deleted: the revision with which the target was brought back.
    package static let handedOver = "canarygate.dev/handed-over"
    /// On a Canary: `target` to hand over what the target holds, proven or not.
    package static let handOver = "canarygate.dev/hand-over"
    /// On an entry of the ledger: the Canary's name; a label.
    package static let canary = "canarygate.dev/canary"

    /// All that the gate and the loop write on a target.
    package static let ofTargets = [
        revision, gate, change, requestedBy, requestedAt, configs, handedOver, updateStrategy,
    ]
}
