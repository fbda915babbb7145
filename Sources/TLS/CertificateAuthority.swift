// CONTRACT: implemented in the TLS work; the signatures below are what other modules build on.

package import Platform

/// A key and its certificate, both PEM.
package struct Identity: Sendable {
    /// The certificate, and above it any intermediate ones.
    package let certificate: [UInt8]
    /// The private key, PKCS 8.
    package let privateKey: [UInt8]

    package init(certificate: [UInt8], privateKey: [UInt8]) {
        self.certificate = certificate
        self.privateKey = privateKey
    }
}

/// A certificate authority of our own: ECDSA P-256, for the sandbox, for development and for the webhook's Service.
package struct CertificateAuthority: Sendable {
    /// Its own certificate and key.
    package let identity: Identity

    /// Makes a new one named `commonName`, valid from an hour before `now` for `days`.
    package init(commonName: String, now: Timestamp, days: Int = 3_650) throws { fatalError("contract") }

    /// Takes up one that was made before.
    package init(identity: Identity) throws { fatalError("contract") }

    /// Issues a certificate. `names` are DNS names and IP addresses for the subject alternative names; `organizations`
    /// become `O=`, the groups of a Kubernetes user.
    package func issue(
        commonName: String,
        names: [String],
        organizations: [String] = [],
        isClient: Bool = false,
        now: Timestamp,
        days: Int = 365
    ) throws -> Identity { fatalError("contract") }
}

/// What a certificate says of itself.
package struct CertificateInfo: Sendable {
    /// The subject's common name.
    package let commonName: String?
    /// DNS names and IP addresses of the subject alternative names.
    package let names: [String]
    /// From when it is valid.
    package let notBefore: Timestamp
    /// Until when it is valid.
    package let notAfter: Timestamp

    /// Reads the first certificate of a PEM text.
    package init(pem: [UInt8]) throws { fatalError("contract") }
}
