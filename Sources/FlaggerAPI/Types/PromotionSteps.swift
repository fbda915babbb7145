import JSON

/// How the traffic goes back to the primary when it has the revision.
///
/// Source: Flagger's `stepWeightPromotion`; `stepWeightsPromotion` is ours.
package enum PromotionSteps: Hashable, Sendable {
    /// All at once.
    case atOnce
    /// So many percent more for the primary at each interval.
    case every(Int)
    /// These shares of the primary, one after the other, and then all.
    case list([Int])

    /// The steps that `spec.analysis` asks for; what matches, and a selector, can only go back at once.
    init(
        _ field: CanaryField,
        strategy: CanaryAnalysis.Strategy,
        provider: CanaryProvider
    ) throws(CanaryParseError) {
        let step = try field["stepWeightPromotion"].int(in: 0...100) ?? 0
        let weights = try field["stepWeightsPromotion"].risingWeights()
        if case .matches = strategy {
            self = .atOnce
            return
        }
        guard provider == .contour else {
            self = .atOnce
            return
        }
        self = !weights.isEmpty ? .list(weights) : step > 0 ? .every(step) : .atOnce
    }

    /// The canary's share after `weight`; 0 when the primary is to have all.
    package func next(after weight: Int) -> Int {
        switch self {
        case .atOnce: 0
        case .every(let step): max(0, weight - step)
        case .list(let weights): weights.first { 100 - $0 < weight }.map { 100 - $0 } ?? 0
        }
    }
}
