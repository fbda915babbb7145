// CONTRACT: implemented in the TLS work; the signatures below are what other modules build on.

/// Keys, trust and protocol limits for server or client sessions: TLS 1.2 and 1.3, ALPN http/1.1.
package final class TLSContext: Sendable {
    /// A server's: its chain and key in PEM, and whose client certificates to accept (none are asked for when nil;
    /// asked for but not required otherwise).
    ///
    /// - Throws: `TLSError` when the PEM cannot be read or the key does not fit the certificate.
    package static func server(
        certificateChain: [UInt8],
        privateKey: [UInt8],
        clientAuthorities: [UInt8]? = nil
    ) throws -> TLSContext { fatalError("contract") }

    /// A client's: whom to trust (PEM; the system's roots when nil), its own certificate and key if it has one, the
    /// name to expect in the server's certificate where it is not the host, and whether to check at all.
    ///
    /// - Throws: `TLSError`.
    package static func client(
        authorities: [UInt8]? = nil,
        certificateChain: [UInt8]? = nil,
        privateKey: [UInt8]? = nil,
        serverName: String? = nil,
        skipsVerification: Bool = false
    ) throws -> TLSContext { fatalError("contract") }
}
