internal import HashTreeCollections
package import Platform

/// What the API server said of who may break the glass, as far as it was asked.
///
/// Immutable for those who look something up, as the whole picture of the cluster is.
package struct AccessTable: Sendable {
    private struct Answer {
        let isAllowed: Bool
        let time: Timestamp
    }

    /// How long an answer holds: a permission that was taken away is good for as long, and who comes again later than that
    /// is looked up again first.
    package static let lifetime = Duration.seconds(600)
    /// How many answers are kept: a cluster has some dozens of people.
    private static let limit = 1_000

    private var answers: TreeDictionary<AccessQuestion, Answer> = [:]

    /// Nothing was asked yet.
    package init() {}

    /// Whether it may be; nil where nobody has asked, or the answer is older than `lifetime` at `now`.
    package func isAllowed(_ question: AccessQuestion, at now: Timestamp) -> Bool? {
        if question.isAlwaysAllowed { return true }
        guard let answer = answers[question], now - answer.time <= Self.lifetime else { return nil }
        return answer.isAllowed
    }

    /// How old the answer is; nil where there is none.
    package func age(of question: AccessQuestion, at now: Timestamp) -> Duration? {
        answers[question].map { now - $0.time }
    }

    /// Takes in an answer.
    package mutating func record(_ question: AccessQuestion, isAllowed: Bool, at now: Timestamp) {
        if answers.count >= Self.limit, answers[question] == nil {
            answers = answers.filter { now - $0.value.time <= Self.lifetime }
            if answers.count >= Self.limit { answers = [:] }
        }
        answers[question] = Answer(isAllowed: isAllowed, time: now)
    }
}
