package import FlaggerAPI

/// Something that the loop must ask before it can decide.
package enum Question: Hashable, Sendable {
    /// Call a hook; `phase` and the revision go into its payload.
    case hook(CanaryHook, phase: CanaryPhase, revision: String)
    /// Take a measurement.
    case metric(CanaryMetric)
}

/// What came back on a question.
package enum Answer: Hashable, Sendable {
    /// The hook agreed.
    case passed
    /// The hook refused; its words.
    case refused(String)
    /// The hook could not be asked, or the measurement not be taken; why.
    case unavailable(String)
    /// The measurement: percent, milliseconds or the query's unit.
    case value(Double)
    /// The measurement has no value: nothing was counted.
    case noData
}
