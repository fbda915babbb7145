extension CanaryAnalysis.Strategy {
    /// What a strategy goes by, whatever its numbers are; as it stands in a status.
    package enum Kind: String, Hashable, Sendable, CaseIterable {
        /// By a growing share of all requests.
        case weights = "Weights"
        /// By the requests that match.
        case matches = "ABTest"
        /// By checks without traffic of users.
        case blueGreen = "BlueGreen"
    }

    /// What it goes by.
    package var kind: Kind {
        switch self {
        case .weights: .weights
        case .matches: .matches
        case .blueGreen: .blueGreen
        }
    }
}
