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

    /// How a revision comes to its traffic.
    package enum Strategy: Hashable, Sendable {
        /// By a growing share of all requests.
        case weights(Steps)
        /// A/B test: it gets the requests that match, for so many checks.
        case matches(iterations: Int)
        /// Blue/green: so many checks without traffic of users, then all of it.
        case blueGreen(iterations: Int)
    }

    /// The time between two checks; at least ten seconds, as in Flagger.
    package let interval: Duration
    /// How many failed checks end in a rollback.
    package let threshold: Int
    /// How a revision comes to its traffic.
    package let strategy: Strategy
    /// How the traffic goes back to the primary when it has the revision.
    package let promotion: PromotionSteps
    /// Where the analysis waits for somebody, or for longer.
    package let pauses: [CanaryPause]
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

    /// Whether the revision gets a growing share of all requests.
    package var goesByWeights: Bool { if case .weights = strategy { true } else { false } }

    init(_ field: CanaryField, namespace: String, provider: CanaryProvider) throws(CanaryParseError) {
        guard field.value?.object != nil else { throw field.mismatch("an object") }
        interval = max(.seconds(10), try field["interval"].duration() ?? .seconds(60))
        threshold = max(1, try field["threshold"].int(in: Int(Int32.min)...Int(Int32.max)) ?? 1)
        var match: [CanaryMatch] = []
        if provider == .contour {
            for element in try field["match"].elements() { match.append(try CanaryMatch(element)) }
        }
        self.match = match
        strategy = try Strategy(field, provider: provider, matches: !match.isEmpty)
        iterations = strategy.iterations
        promotion = try PromotionSteps(field, strategy: strategy, provider: provider)
        pauses = try CanaryPause.list(field["pauses"])
        let mirrors = try field["mirror"].flag()
        self.mirrors = mirrors && provider == .contour && match.isEmpty
        let share = try field["mirrorWeight"].int(in: 0...100) ?? 0
        mirrorWeight = share == 0 ? 100 : share
        let session = field["sessionAffinity"]
        let hasCookies = strategy.goesByWeights && provider == .contour && session.value != nil
        self.session = hasCookies ? try SessionAffinity(session) : nil
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
}

extension CanaryAnalysis.Strategy {
    /// How many checks are made; 0 for a canary by weight.
    package var iterations: Int {
        switch self {
        case .weights: 0
        case .matches(let iterations), .blueGreen(let iterations): iterations
        }
    }

    var goesByWeights: Bool { if case .weights = self { true } else { false } }

    /// Flagger's choice, save that what it would do nothing with is an error.
    ///
    /// With plain Services only blue/green is possible, of ten checks where nothing is said.
    init(_ field: CanaryField, provider: CanaryProvider, matches: Bool) throws(CanaryParseError) {
        let iterations = try field["iterations"].int(in: 0...Int(Int32.max)) ?? 0
        if provider == .kubernetes {
            self = .blueGreen(iterations: iterations == 0 ? 10 : iterations)
        } else if matches {
            guard iterations > 0 else { throw field["iterations"].mismatch("1 or more, as match makes it an A/B test") }
            self = .matches(iterations: iterations)
        } else if iterations > 0 {
            self = .blueGreen(iterations: iterations)
        } else {
            self = .weights(try Self.steps(field))
        }
    }

    private static func steps(_ field: CanaryField) throws(CanaryParseError) -> CanaryAnalysis.Steps {
        let step = try field["stepWeight"].int(in: 0...100) ?? 0
        if step > 0 {
            let maximum = try field["maxWeight"].int(in: 0...100) ?? 100
            return .every(step, maximum: maximum == 0 ? 100 : maximum)
        }
        let weights = try field["stepWeights"].risingWeights()
        guard !weights.isEmpty else { throw field["stepWeight"].mismatch("1...100, stepWeights or iterations") }
        return .list(weights)
    }
}

extension CanaryField {
    /// The percentages that stand here, each more than the one before.
    func risingWeights() throws(CanaryParseError) -> [Int] {
        var weights: [Int] = []
        for element in try elements() {
            guard let weight = try element.int(in: 1...100), weight > weights.last ?? 0 else {
                throw element.mismatch("1...100, each more than the one before")
            }
            weights.append(weight)
        }
        return weights
    }
}
