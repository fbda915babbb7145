/// What is known of one answered ConversionReview, for logs and metrics.
///
/// It holds no part of an object.
package struct ConversionObservation: Sendable {
    /// How it ended.
    package enum Outcome: String, Sendable {
        /// All objects were converted.
        case converted
        /// One of them cannot be.
        case refused
        /// The converter failed.
        case fault
    }

    /// The converter's path.
    package let path: String
    /// The version that was wanted; nil for one that the converter does not know.
    package let apiVersion: String?
    /// The call's id.
    package let uid: String
    /// How many objects were sent.
    package let objects: Int
    /// How it ended.
    package let outcome: Outcome
    /// Why it ended otherwise than well; nil when it did not.
    package let problem: String?
    /// The time that the answer took.
    package let duration: Duration

    package init(
        path: String,
        apiVersion: String?,
        uid: String,
        objects: Int,
        outcome: Outcome,
        problem: String?,
        duration: Duration
    ) {
        self.path = path
        self.apiVersion = apiVersion
        self.uid = uid
        self.objects = objects
        self.outcome = outcome
        self.problem = problem
        self.duration = duration
    }
}
