import JSON
import Schema

/// What the strategies of our loop cannot do, or would pass over.
extension CanaryFacts {
    /// Flagger makes ten of them on plain Services where no number is given.
    private var iterationCount: Int {
        let count = analysis["iterations"]?.int ?? 0
        return usesServicesAlone && count == 0 ? 10 : count
    }
    private var hasMatch: Bool { Self.isSet("match", in: analysis) }
    private var goesByWeights: Bool { analysis["stepWeight"] != nil || analysis["stepWeights"] != nil }

    mutating func checkStrategies() {
        checkPauses()
        if usesServicesAlone { return refuseWeights() }
        if hasMatch, iterationCount == 0 {
            deny(
                "match-needs-iterations",
                Self.analysisPath.member("match"),
                analysis["match"],
                "an A/B test gives all requests that match to the revision, so it goes by checks and not by shares",
                "write iterations in place of stepWeight"
            )
        }
        if iterationCount > 0, !hasMatch, analysis["mirror"] != true { checkLoad() }
        checkMirroring()
        checkAffinity()
        checkPromotion()
    }

    private mutating func checkMirroring() {
        let path = Self.analysisPath
        if analysis["mirror"] == true, hasMatch {
            warn("mirror-with-match", path.member("mirror"), true, "an A/B test copies no requests", "remove it")
        }
        guard let value = analysis["mirrorWeight"], !value.isNull else { return }
        if value.int == 0 {
            deny(
                "mirror-weight",
                path.member("mirrorWeight"),
                value,
                "copies nothing by its word, and Contour reads it as all (100)",
                "write a mirrorWeight of 1 to 100"
            )
        } else if analysis["mirror"] != true {
            warn("mirror-weight-alone", path.member("mirrorWeight"), value, "nothing is copied", "write mirror: true")
        }
    }

    /// Callers are kept with a revision where shares divide them.
    private mutating func checkAffinity() {
        guard let affinity = analysis["sessionAffinity"], affinity.object != nil else { return }
        let path = Self.analysisPath.member("sessionAffinity")
        if !goesByWeights {
            warn("affinity-without-weights", path, affinity, "only shares divide callers", "remove it")
        }
        for name in ["cookieName", "primaryCookieName"] {
            guard let value = affinity[name], let text = value.string, !Self.isToken(text) else { continue }
            deny(
                "cookie-name",
                path.member(name),
                value,
                "not a cookie's name, so no browser would send it back",
                "write letters, digits, - and _"
            )
        }
    }

    /// RFC 6265: a cookie's name is a token of RFC 9110.
    private static func isToken(_ text: String) -> Bool {
        !text.isEmpty
            && text.utf8.allSatisfy { byte in
                (UInt8(ascii: "!")...UInt8(ascii: "~")).contains(byte) && !"\"(),/:;<=>?@[\\]{}".utf8.contains(byte)
            }
    }

    private mutating func checkPromotion() {
        let path = Self.analysisPath
        if (analysis["stepWeightPromotion"]?.int ?? 0) > 0, let list = analysis["stepWeightsPromotion"], !list.isNull {
            deny(
                "promotion-steps-twice",
                path.member("stepWeightsPromotion"),
                list,
                "stands beside stepWeightPromotion, but the traffic goes back by one of the two",
                "remove one of them"
            )
        }
        let weights = analysis["stepWeightsPromotion"]?.array ?? []
        for (index, pair) in zip(weights, weights.dropFirst()).enumerated() {
            guard let before = pair.0.int, let weight = pair.1.int, weight <= before else { continue }
            deny(
                "promotion-steps-not-rising",
                path.member("stepWeightsPromotion").element(index + 1),
                pair.1,
                "not more than the weight before it (\(before))",
                "write weights of the promoted revision that rise"
            )
        }
        for name in ["stepWeightPromotion", "stepWeightsPromotion"] where hasMatch && Self.isSet(name, in: analysis) {
            warn("promotion-at-once", path.member(name), analysis[name], "an A/B test goes back at once", "remove it")
        }
    }

    private mutating func checkPauses() {
        let path = Self.analysisPath.member("pauses")
        for (index, pause) in (analysis["pauses"]?.array ?? []).enumerated() {
            let weight = pause["atWeight"]
            let iteration = pause["atIteration"]
            guard (weight == nil) != (iteration == nil) else {
                deny(
                    "pause-place",
                    path.element(index),
                    pause,
                    "has to say at one place where the analysis waits",
                    "write atWeight or atIteration"
                )
                continue
            }
            if let weight, let number = weight.int, !pausableWeights.contains(number) {
                refusePause(path.element(index).member("atWeight"), weight, "no step has this share of the traffic")
            }
            if let iteration, let number = iteration.int,
                !(1...max(1, iterationCount)).contains(number) || goesByWeights
            {
                refusePause(path.element(index).member("atIteration"), iteration, "there is no such check")
            }
        }
    }

    private mutating func refusePause(_ path: FieldPath, _ value: JSONValue, _ problem: String) {
        let places =
            goesByWeights
            ? "one of the weights \(pausableWeights.prefix(10).map(String.init).joined(separator: ", "))"
            : "an atIteration of 1 to \(max(1, iterationCount))"
        deny("pause-unreached", path, value, "\(problem), so the analysis would never wait", "write \(places)")
    }

    /// The shares at which an analysis can wait.
    private var pausableWeights: [Int] {
        if let step = analysis["stepWeight"]?.int, (1...100).contains(step) {
            let most = analysis["maxWeight"]?.int ?? 100
            let maximum = (1...100).contains(most) ? most : 100
            return stride(from: step, to: maximum, by: step) + [maximum]
        }
        if let weights = analysis["stepWeights"]?.array { return weights.compactMap(\.int) }
        return hasMatch ? [] : [100]
    }
}
