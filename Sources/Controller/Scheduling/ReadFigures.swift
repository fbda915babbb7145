/// How often the loop read from where, for metrics.
package struct ReadFigures: Hashable, Sendable {
    /// Reads of objects and lists that the caches answered.
    package var cached = 0
    /// Those for which the server was asked.
    package var asked = 0
    /// Objects whose write the informers have not told of yet, or of whose state there is a doubt.
    package var layers = 0

    /// Nothing yet.
    package init() {}
}
