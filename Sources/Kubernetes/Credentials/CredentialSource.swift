/// Who we are towards the API server.
package protocol CredentialSource: Sendable {
    /// The Authorization header's value; nil for none.
    ///
    /// - Throws: what keeps it from being had.
    func authorization() async throws -> String?

    /// Is told that the server answered 401 to `authorization`; says whether there is another one to try.
    func hasAnother(than authorization: String?) async -> Bool
}

/// Credentials that come from a function, and are what they are.
struct GivenCredentials: CredentialSource {
    /// What gives the header.
    let source: @Sendable () async throws -> String?

    func authorization() async throws -> String? { try await source() }

    func hasAnother(than authorization: String?) async -> Bool { false }
}
