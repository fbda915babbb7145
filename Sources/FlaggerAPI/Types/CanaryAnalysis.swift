import JSON

/// How a revision is analysed, as `spec.analysis` asks for it.
package struct CanaryAnalysis: Hashable, Sendable {
    /// The canary's share of the traffic, step by step.
    package enum Steps: Hashable, Sendable {
        /// So many percent more each time, up to a greatest share.
        case every(Int, maximum: Int)
        /// These shares, one after the other.
        case list([Int])
    }

    /// The time between two checks; at least ten seconds, as in Flagger.
    package let interval: Duration
    /// How many failed checks end in a rollback.
    package let threshold: Int
    /// The shares of the traffic.
    package let steps: Steps
    /// By how many percent the traffic goes back to the primary at each interval of the promotion; 0 for at once.
    package let promotionStep: Int
    /// Percent of the primary's updated pods that must be available.
    package let primaryReadyThreshold: Int
    /// Percent of the canary's updated pods that must be available.
    package let canaryReadyThreshold: Int
    /// How many checks a blue/green or A/B test makes; 0 for a canary by weight.
    package let iterations: Int
    /// The requests that an A/B test takes; empty for none.
    package let match: [CanaryMatch]
    /// Whether requests are copied to the revision before it answers any.
    package let mirrors: Bool
    /// Percent of the requests that are copied.
    package let mirrorWeight: Int
    /// How callers stay with a revision; nil where they do not.
    package let session: SessionAffinity?
    /// How long ago a revision may have been promoted to be promoted again without steps; nil for never.
    package let provenWithin: Duration?
    /// What is measured, in order.
    package let metrics: [CanaryMetric]
    /// What is asked, in order.
    package let hooks: [CanaryHook]

    /// The hooks of one kind, in order.
    package func hooks(_ kind: CanaryHook.Kind) -> [CanaryHook] { hooks.filter { $0.kind == kind } }

    init(_ field: CanaryField, namespace: String) throws(CanaryParseError) {
        guard field.value?.object != nil else { throw field.mismatch("an object") }
        interval = max(.seconds(10), try field["interval"].duration() ?? .seconds(60))
        threshold = max(1, try field["threshold"].int(in: Int(Int32.min)...Int(Int32.max)) ?? 1)
        steps = try Self.steps(field)
        promotionStep = try field["stepWeightPromotion"].int(in: 0...100) ?? 0
        iterations = try field["iterations"].int(in: 0...Int(Int32.max)) ?? 0
        var match: [CanaryMatch] = []
        for element in try field["match"].elements() { match.append(try CanaryMatch(element)) }
        self.match = match
        mirrors = try field["mirror"].flag()
        mirrorWeight = try field["mirrorWeight"].int(in: 0...100) ?? 100
        let session = field["sessionAffinity"]
        self.session = try session.value == nil ? nil : SessionAffinity(session)
        provenWithin = try field["provenWithin"].text() == "0s" ? nil : field["provenWithin"].duration()
        primaryReadyThreshold = try field["primaryReadyThreshold"].int(in: 0...100) ?? 100
        canaryReadyThreshold = try field["canaryReadyThreshold"].int(in: 0...100) ?? 100
        var metrics: [CanaryMetric] = []
        for element in try field["metrics"].elements() {
            metrics.append(try CanaryMetric(element, namespace: namespace))
        }
        self.metrics = metrics
        var hooks: [CanaryHook] = []
        for element in try field["webhooks"].elements() { hooks.append(try CanaryHook(element)) }
        self.hooks = hooks
    }

    private static func steps(_ field: CanaryField) throws(CanaryParseError) -> Steps {
        if try field["iterations"].int(in: 0...Int(Int32.max)) ?? 0 > 0 {
            throw field["iterations"].mismatch("stepWeight or stepWeights, as only weighted canaries are supported")
        }
        let step = try field["stepWeight"].int(in: 0...100) ?? 0
        let list = try field["stepWeights"].elements()
        if step > 0 {
            let maximum = try field["maxWeight"].int(in: 0...100) ?? 100
            return .every(step, maximum: maximum == 0 ? 100 : maximum)
        }
        var weights: [Int] = []
        for element in list {
            guard let weight = try element.int(in: 1...100), weight > weights.last ?? 0 else {
                throw element.mismatch("1...100, each more than the one before")
            }
            weights.append(weight)
        }
        guard !weights.isEmpty else { throw field["stepWeight"].mismatch("1...100, or stepWeights") }
        return .list(weights)
    }
}
