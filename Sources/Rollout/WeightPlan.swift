import FlaggerAPI

extension CanaryAnalysis.Steps {
    /// The greatest share of the traffic that the canary gets.
    package var maximum: Int {
        switch self {
        case .every(_, let maximum): maximum
        case .list(let weights): weights.last ?? 100
        }
    }

    /// The share after `weight`; never above the maximum.
    package func next(after weight: Int) -> Int {
        switch self {
        case .every(let step, let maximum): min(maximum, weight + step)
        case .list(let weights): weights.first { $0 > weight } ?? maximum
        }
    }
}
