import JSON

/// A strategy, a kind of target, and what callers must have met when a revision was promoted and when one failed.
struct StrategyCase: Sendable {
    /// What is expected of a stage.
    typealias Expectation = @Sendable (StrategyStage) -> Void

    /// The tag of an image that works.
    static let good = "3.1.1"
    /// The tag of one that answers most requests with errors.
    static let bad = "3.1.2"

    /// The image with that tag.
    static func image(_ tag: String) -> String { "stefanprodan/podinfo:\(tag)" }

    /// Where it takes place, also its name.
    let namespace: String
    /// Fields of the analysis beside interval, threshold and the measurement.
    let analysis: JSONValue
    var kind = "Deployment"
    var provider = "contour"
    /// Whether the success rate is measured.
    var isMeasured = true
    /// What holds once the good revision was promoted.
    let promoted: Expectation
    /// What holds once the bad revision has failed.
    let failed: Expectation
}
