internal import HTTPTypes

/// The words behind a status code (RFC 9110 section 15).
enum ReasonPhrase {
    /// The phrase of `status`, or the registered one where it has none; empty for a code that nobody knows.
    static func text(of status: HTTPResponse.Status) -> String {
        status.reasonPhrase.isEmpty ? registered[status.code] ?? "" : status.reasonPhrase
    }

    private static let registered = Dictionary(
        uniqueKeysWithValues: [
            HTTPResponse.Status.continue, .switchingProtocols, .earlyHints, .ok, .created, .accepted,
            .nonAuthoritativeInformation, .noContent, .resetContent, .partialContent, .multipleChoices,
            .movedPermanently, .found, .seeOther, .notModified, .temporaryRedirect, .permanentRedirect, .badRequest,
            .unauthorized, .forbidden, .notFound, .methodNotAllowed, .notAcceptable, .proxyAuthenticationRequired,
            .requestTimeout, .conflict, .gone, .lengthRequired, .preconditionFailed, .contentTooLarge, .uriTooLong,
            .unsupportedMediaType, .rangeNotSatisfiable, .expectationFailed, .misdirectedRequest,
            .unprocessableContent, .tooEarly, .upgradeRequired, .preconditionRequired, .tooManyRequests,
            .requestHeaderFieldsTooLarge, .unavailableForLegalReasons, .internalServerError, .notImplemented,
            .badGateway, .serviceUnavailable, .gatewayTimeout, .httpVersionNotSupported,
            .networkAuthenticationRequired,
        ].map { ($0.code, $0.reasonPhrase) }
    )
}
