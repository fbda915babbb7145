package import HTTP
import HTTPTypes
import JSON
package import Platform

/// Answers the API server's ConversionReviews, and hands every other request on.
///
/// A converter runs inline on the connection's event loop; it is a pure function, so this never suspends.
package struct ConversionHandler: HTTPHandler {
    /// A few: comparing the path with theirs costs a review that is none of them next to nothing.
    private let converters: [any VersionConverter]
    private let clock: any WallClock
    private let observe: @Sendable (ConversionObservation) -> Void
    private let next: any HTTPHandler

    /// A handler of `converters`, whose paths are distinct.
    ///
    /// - Parameters:
    ///   - converters: what is asked, by path.
    ///   - clock: tells how long an answer took.
    ///   - observe: is told of every answered review, on the connection's event loop; it must not block.
    ///   - next: answers at all other paths.
    package init(
        converters: [any VersionConverter],
        clock: any WallClock,
        observe: @escaping @Sendable (ConversionObservation) -> Void = { _ in },
        next: any HTTPHandler
    ) {
        precondition(Set(converters.map(\.path)).count == converters.count, "two converters have one path")
        self.converters = converters
        self.clock = clock
        self.observe = observe
        self.next = next
    }

    /// The answer to `request`: 200 with a review for every review, and a `v1 Status` for anything else.
    package func response(to request: ServerRequest) async -> ServerResponse {
        let path = request.path
        guard let converter = converters.first(where: { $0.path == path }) else {
            return await next.response(to: request)
        }
        if let refusal = AdmissionHandler.refusal(of: request) { return refusal }
        let start = clock.now()
        let review: ConversionReview
        do {
            review = try ConversionReview(decoding: request.body)
        } catch {
            return StatusResponse.make(.badRequest, reason: "BadRequest", message: error.description)
        }
        let body = answer(to: review, from: converter, start: start)
        return ServerResponse(status: .ok, contentType: "application/json", body: .bytes(body))
    }

    private func answer(to review: ConversionReview, from converter: any VersionConverter, start: Timestamp) -> [UInt8]
    {
        let answer: ConversionAnswer
        let outcome: ConversionObservation.Outcome
        let problem: String?
        do {
            answer = .converted(try Self.converted(review, by: converter))
            (outcome, problem) = (.converted, nil)
        } catch let refusal as ConversionRefusal {
            answer = .refused(refusal.description)
            (outcome, problem) = (.refused, refusal.description)
        } catch {
            answer = .fault(review)
            (outcome, problem) = (.fault, "could not convert: \(error)")
        }
        let bytes = answer.encoded(answering: review)
        observe(
            ConversionObservation(
                path: converter.path,
                apiVersion: converter.apiVersions.first { $0 == review.desiredAPIVersion },
                uid: review.uid,
                objects: review.objects.count,
                outcome: outcome,
                problem: problem,
                duration: clock.now() - start
            )
        )
        return bytes
    }

    /// The objects of `review` as they are wanted, in their order.
    private static func converted(
        _ review: ConversionReview,
        by converter: any VersionConverter
    ) throws -> [JSONValue] {
        try review.objects.map { cursor in
            let object = cursor.value
            let converted = try converter.converted(object, to: review.desiredAPIVersion)
            try ConversionCheck.check(converted, against: object, apiVersion: review.desiredAPIVersion)
            return converted
        }
    }
}
