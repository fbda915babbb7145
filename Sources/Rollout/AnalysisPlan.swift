package import FlaggerAPI
import Platform

/// Where a run stands in its analysis.
package enum AnalysisPlace: Hashable, Sendable {
    /// It has answered no request and got no copy of one.
    case start
    /// This percentage of the requests is copied to it.
    case mirroring(Int)
    /// It has this share of the traffic.
    case weight(Int)
    /// It is at this check of a blue/green or A/B test.
    case iteration(Int)
    /// Blue/green: it has all of the traffic.
    case switched
}

/// The way of a Canary's analysis, place by place.
///
/// Nothing but the spec and what the status remembers goes into it, so that an edit of the spec takes effect at once and
/// never gives more traffic than the next place has.
package struct AnalysisPlan {
    private let analysis: CanaryAnalysis
    private let status: CanaryStatus

    /// The plan of `canary`, which stands as `status` says, or as its own does.
    package init(_ canary: Canary, status: CanaryStatus? = nil) {
        analysis = canary.analysis
        self.status = status ?? canary.status
    }

    /// Where the status says that the run stands; at the start where that was written down of another strategy.
    package var place: AnalysisPlace {
        if let counted = status.strategy, counted != analysis.strategy.kind { return .start }
        switch analysis.strategy {
        case .weights(let steps):
            if status.canaryWeight > 0 { return .weight(min(status.canaryWeight, steps.maximum)) }
            return analysis.mirrors && status.mirrorWeight > 0 ? .mirroring(status.mirrorWeight) : .start
        case .matches(let count):
            return status.iterations > 0 ? .iteration(min(status.iterations, count)) : .start
        case .blueGreen(let count):
            if status.canaryWeight == 100 { return .switched }
            return status.iterations > 0 ? .iteration(min(status.iterations, count)) : .start
        }
    }

    /// The place after `place`; nil when the promotion comes next.
    package func next(after place: AnalysisPlace) -> AnalysisPlace? {
        switch (analysis.strategy, place) {
        case (.weights, .start) where analysis.mirrors: .mirroring(analysis.mirrorWeight)
        case (.weights(let steps), .weight(let weight)):
            weight >= steps.maximum ? nil : .weight(steps.next(after: weight))
        case (.weights(let steps), _): .weight(steps.next(after: 0))
        case (.matches(let count), .iteration(let number)): number < count ? .iteration(number + 1) : nil
        case (.blueGreen(let count), .iteration(let number)): number < count ? .iteration(number + 1) : .switched
        case (.blueGreen, .switched): nil
        case (.matches, _), (.blueGreen, _): .iteration(1)
        }
    }

    /// What the route does at `place`.
    package func traffic(at place: AnalysisPlace) -> Traffic {
        switch place {
        case .start: .home
        case .mirroring(let percent): Traffic(canary: 0, mirror: percent)
        case .weight(let weight): Traffic(canary: weight, session: cookies)
        case .iteration:
            if case .matches = analysis.strategy {
                Traffic(canary: 100)
            } else {
                Traffic(canary: 0, mirror: analysis.mirrors ? analysis.mirrorWeight : 0)
            }
        case .switched: Traffic(canary: 100)
        }
    }

    /// Whether the promotion has to be agreed to before the run goes on from `place`.
    ///
    /// Before all of the traffic is switched over, as after that it is too late; and only once.
    func endsAnalysis(at place: AnalysisPlace) -> Bool {
        let next = next(after: place)
        return place != .switched && (next == nil || next == .switched)
    }

    /// The pause of the Canary's at `place`.
    func pause(at place: AnalysisPlace) -> CanaryPause? {
        let found: CanaryPause.Place
        switch place {
        case .weight(let weight): found = .weight(weight)
        case .switched: found = .weight(100)
        case .iteration(let number): found = .iteration(number)
        case .start, .mirroring: return nil
        }
        return analysis.pauses.first { $0.place == found }
    }

    /// The cookies of this run; nil where callers do not stay with a revision.
    var cookies: SessionCookies? {
        analysis.session.map { session in
            SessionCookies(
                canary: status.lastAppliedSpec,
                primary: session.primaryCookieName == nil ? nil : status.lastPromotedSpec
            )
        }
    }
}

/// How many steps there are, and how long they take.
extension AnalysisPlan {
    /// The shares of the traffic, one after the other.
    private var weights: [Int] {
        guard case .weights(let steps) = analysis.strategy else { return [] }
        var weights = [steps.next(after: 0)]
        while let last = weights.last, last < steps.maximum { weights.append(steps.next(after: last)) }
        return weights
    }

    /// How many steps the analysis has.
    package var steps: Int {
        switch analysis.strategy {
        case .weights: weights.count + (analysis.mirrors ? 1 : 0)
        case .matches(let count): count
        case .blueGreen(let count): count + 1
        }
    }

    /// Which of the steps `place` is; 0 before the first.
    package func step(at place: AnalysisPlace) -> Int {
        switch place {
        case .start: return 0
        case .mirroring: return 1
        case .iteration(let number): return number
        case .switched: return steps
        case .weight(let weight):
            let index = weights.firstIndex { $0 >= weight } ?? weights.count - 1
            return index + 1 + (analysis.mirrors ? 1 : 0)
        }
    }

    /// How long the pauses after `step` take together; nil when one of them waits for somebody.
    func pauses(from step: Int) -> Duration? {
        var total = Duration.zero
        for pause in analysis.pauses {
            let place: AnalysisPlace =
                switch pause.place {
                case .weight(100) where !analysis.goesByWeights: .switched
                case .weight(let weight): .weight(weight)
                case .iteration(let number): .iteration(number)
                }
            guard self.step(at: place) >= step else { continue }
            guard let duration = pause.duration else { return nil }
            total += max(.zero, duration - analysis.interval)
        }
        return total
    }
}

extension CanaryStatus {
    /// Goes to `place` of the analysis at `time`; `mirror` percent of the requests are copied there.
    mutating func stand(at place: AnalysisPlace, mirror: Int = 0, since time: Timestamp) {
        mirrorWeight = mirror
        lastStepTime = time
        switch place {
        case .start:
            canaryWeight = 0
            iterations = 0
        case .mirroring: canaryWeight = 0
        case .weight(let weight): canaryWeight = weight
        case .iteration(let number):
            canaryWeight = 0
            iterations = number
        case .switched: canaryWeight = 100
        }
    }
}
