/// What an expression evaluates to.
package enum PromQLValue: Hashable, Sendable {
    /// A number.
    case scalar(Double)
    /// A number for each series, by labels.
    case vector([Series<Double>])
    /// Samples of each series, by labels.
    case matrix([Series<[Sample]>])

    /// A series with what was found for it.
    package struct Series<Content: Hashable & Sendable>: Hashable, Sendable {
        /// Its labels.
        package let labels: LabelSet
        /// What was found.
        package let content: Content

        init(_ labels: LabelSet, _ content: Content) {
            self.labels = labels
            self.content = content
        }
    }
}
