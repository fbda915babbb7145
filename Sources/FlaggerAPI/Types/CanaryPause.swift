import JSON

/// A place where an analysis waits: for a time, or until somebody says that it may go on.
///
/// An extension of ours: `spec.analysis.pauses[]`.
package struct CanaryPause: Hashable, Sendable {
    /// Where an analysis can be made to wait.
    package enum Place: Hashable, Sendable {
        /// At this share of the traffic.
        case weight(Int)
        /// After this check of a blue/green or A/B test.
        case iteration(Int)
    }

    /// The annotation on the Canary that lets an analysis go on: `‹revision›:‹weight or iteration›`.
    package static let annotation = "canarygate.dev/resume"

    /// Where.
    package let place: Place
    /// For how long; nil until the annotation says so.
    package let duration: Duration?

    /// The number of the place, as the annotation and messages have it.
    package var number: Int {
        switch place {
        case .weight(let number), .iteration(let number): number
        }
    }

    /// `weight 20`, `iteration 3`.
    package var placeText: String {
        switch place {
        case .weight(let number): "weight \(number)"
        case .iteration(let number): "iteration \(number)"
        }
    }

    static func list(_ field: CanaryField) throws(CanaryParseError) -> [CanaryPause] {
        var pauses: [CanaryPause] = []
        for element in try field.elements() { pauses.append(try CanaryPause(element)) }
        return pauses
    }

    private init(_ field: CanaryField) throws(CanaryParseError) {
        let weight = try field["atWeight"].int(in: 1...100)
        let iteration = try field["atIteration"].int(in: 1...Int(Int32.max))
        switch (weight, iteration) {
        case (let weight?, nil): place = .weight(weight)
        case (nil, let iteration?): place = .iteration(iteration)
        case (nil, nil), (.some, .some): throw field.mismatch("atWeight or atIteration")
        }
        duration = try field["for"].duration()
    }
}
