import JSON
import Schema

/// Strategy, weights and times.
extension CanaryFacts {
    mutating func checkStrategy() {
        let path = Self.analysisPath
        let hasWeights = analysis["stepWeight"] != nil || analysis["stepWeights"] != nil
        if let value = analysis["iterations"], (value.int ?? 0) > 0, hasWeights {
            let other = analysis["stepWeight"] == nil ? "stepWeights" : "stepWeight"
            deny(
                "iterations-and-weights",
                path.member("iterations"),
                value,
                "stands beside \(other), but an analysis goes either by iterations or by weights",
                "remove iterations"
            )
        }
        if analysis["stepWeight"] != nil, let value = analysis["stepWeights"] {
            deny(
                "step-weight-and-weights",
                path.member("stepWeights"),
                value,
                "stands beside stepWeight, but an analysis goes by one of the two",
                "remove one of them"
            )
        }
        guard analysis.object != nil, !hasWeights, (analysis["iterations"]?.int ?? 0) == 0 else { return }
        // Without a number there are ten iterations.
        if isDriven, usesServicesAlone { return }
        guard !hasMisspeltWeight else { return }
        deny(
            "no-strategy",
            path.member("stepWeight"),
            nil,
            "without a step the revision would get no traffic and wait for ever",
            "write a stepWeight of 1 to 100, or stepWeights"
        )
    }

    /// Whether a field that is unknown was probably meant for a weight; it has its own finding.
    private var hasMisspeltWeight: Bool {
        let known = ["stepWeight", "stepWeights"]
        let names = analysis.object?.keys ?? []
        return names.contains { name in
            !["stepWeightPromotion", "stepWeightsPromotion", "maxWeight", "mirrorWeight"].contains(name)
                && NearestName.find(name, among: known) != nil
        }
    }

    mutating func checkWeights() {
        checkStep()
        checkSteps()
        guard let value = analysis["maxWeight"] else { return }
        if value.int == 0 {
            warn("max-weight-zero", Self.analysisPath.member("maxWeight"), value, "read as 100", "write 1 to 100")
        }
        if analysis["stepWeights"] != nil, analysis["stepWeight"] == nil {
            warn(
                "max-weight-ignored",
                Self.analysisPath.member("maxWeight"),
                value,
                "ignored beside stepWeights",
                "remove it"
            )
        }
    }

    private mutating func checkStep() {
        guard let value = analysis["stepWeight"], let step = value.int, (1...100).contains(step),
            let most = analysis["maxWeight"]?.int, (1...100).contains(most)
        else { return }
        let path = Self.analysisPath.member("stepWeight")
        if step > most {
            deny(
                "step-weight-above-max",
                path,
                value,
                "more than maxWeight (\(most))",
                "write a stepWeight of 1 to \(most)"
            )
        } else if most % step != 0 {
            let divisor = (1...step).last { most % $0 == 0 } ?? 1
            // Our loop stops at maxWeight, Flagger at the first step that is not below it.
            let peak = min(100, (most / step + 1) * step)
            let end = isDriven ? "the last step is \(most % step)" : "the canary gets \(peak)"
            warn(
                "max-weight-no-multiple",
                path,
                value,
                "does not divide maxWeight (\(most)): \(end)",
                "write \(divisor)"
            )
        }
    }

    private mutating func checkSteps() {
        guard let value = analysis["stepWeights"], let weights = value.array else { return }
        let path = Self.analysisPath.member("stepWeights")
        if weights.isEmpty {
            return deny(
                "step-weights-empty",
                path,
                value,
                "without a step the revision would get no traffic and wait for ever",
                "write a list such as [5, 25, 50]"
            )
        }
        for (index, pair) in zip(weights, weights.dropFirst()).enumerated() {
            guard let before = pair.0.int, let weight = pair.1.int, weight <= before else { continue }
            deny(
                "step-weights-not-rising",
                path.element(index + 1),
                pair.1,
                "not more than the weight before it (\(before)), so the analysis would stop there",
                "write weights that rise"
            )
        }
    }

    mutating func checkTiming() {
        if let value = analysis["interval"], let text = value.string, let interval = Self.duration(text),
            interval < .seconds(10)
        {
            warn(
                "interval-below-10s",
                Self.analysisPath.member("interval"),
                value,
                "raised to 10s",
                "write 10s or more"
            )
        }
        for name in ["primaryReadyThreshold", "canaryReadyThreshold"] {
            guard let value = analysis[name], value.int == 0 else { continue }
            warn(
                "ready-threshold-zero",
                Self.analysisPath.member(name),
                value,
                "counts as ready with no pod available",
                "write 1 to 100"
            )
        }
    }
}
