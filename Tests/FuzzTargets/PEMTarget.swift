import Platform
import TLS

/// Certificates and keys in PEM: broken ones are refused in a sentence, and leave nothing behind that hurts good ones.
enum PEMTarget {
    /// A good pair, made once.
    private static let good: Identity? = try? CertificateAuthority(
        commonName: "fuzz",
        now: Timestamp(seconds: 1_795_579_200)
    )
    .identity

    static func run(_ bytes: [UInt8]) throws {
        guard let good else { throw BrokenInvariant(description: "no certificate can be made") }
        let pairs = [(bytes, bytes), (good.certificate, bytes), (bytes, good.privateKey)]
        for (chain, key) in pairs {
            try refusesInWords { _ = try TLSContext.server(certificateChain: chain, privateKey: key) }
        }
        try refusesInWords {
            _ = try TLSContext.server(
                certificateChain: good.certificate,
                privateKey: good.privateKey,
                clientAuthorities: bytes
            )
        }
        try refusesInWords { _ = try TLSContext.client(authorities: bytes) }
        try refusesInWords {
            let info = try CertificateInfo(pem: bytes)
            let again = try CertificateInfo(pem: bytes)
            try hold(
                info.names == again.names && info.organizations == again.organizations
                    && info.commonName == again.commonName && info.notAfter == again.notAfter,
                "read twice, two certificates"
            )
        }
        do {
            _ = try TLSContext.server(certificateChain: good.certificate, privateKey: good.privateKey)
        } catch {
            throw BrokenInvariant(description: "a good pair is refused after these bytes: \(error)")
        }
    }

    private static func refusesInWords(_ body: () throws -> Void) throws {
        do {
            try body()
        } catch let error as TLSError {
            let text = error.description
            try hold(!error.reason.isEmpty && !text.contains { $0.isNewline }, "the refusal is \(text)")
        }
    }
}
