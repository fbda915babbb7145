import HTTP

/// Answers every request with the same bytes, without a look at it.
struct FixedAnswer: HTTPHandler {
    private let answer: ServerResponse

    init(_ answer: ServerResponse) { self.answer = answer }

    func response(to request: ServerRequest) async -> ServerResponse { answer }
}
