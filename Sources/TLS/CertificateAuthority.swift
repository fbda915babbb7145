package import Platform

/// A certificate authority of our own: ECDSA P-256, for the sandbox, for development and for the webhook's Service.
package struct CertificateAuthority: Sendable {
    /// Its own certificate and key.
    package let identity: Identity

    /// Makes a new one named `commonName`, valid from an hour before `now` for `days`.
    ///
    /// - Throws: `TLSError`.
    package init(commonName: String, now: Timestamp, days: Int = 3_650) throws {
        let key = try PrivateKey()
        var builder = try CertificateBuilder(key: key)
        try builder.setSubject(commonName: commonName, organizations: [])
        try builder.setValidity(now: now, days: days)
        try builder.add(.basicConstraints, "critical,CA:TRUE")
        try builder.add(.keyUsage, "critical,keyCertSign,cRLSign")
        try builder.add(.subjectKeyIdentifier, "hash")
        identity = Identity(certificate: try builder.signItself(key: key), privateKey: try key.pem())
    }

    /// Takes up one that was made before.
    ///
    /// - Throws: `TLSError` when the key or the certificate is broken, or they do not belong together.
    package init(identity: Identity) throws {
        let key = try PrivateKey(pem: identity.privateKey)
        let certificate = try X509Certificate(pem: identity.certificate, what: "authority certificate")
        try certificate.checkAuthority(key: key)
        self.identity = identity
    }

    /// Issues a certificate, valid from an hour before `now` for `days`, and no longer than the authority itself.
    ///
    /// `names` are DNS names and IP addresses for the subject alternative names; `organizations` become `O=`, the groups
    /// of a Kubernetes user.
    ///
    /// - Throws: `TLSError`, also for a name that is none.
    package func issue(
        commonName: String,
        names: [String],
        organizations: [String] = [],
        isClient: Bool = false,
        now: Timestamp,
        days: Int = 365
    ) throws -> Identity {
        let issuerKey = try PrivateKey(pem: identity.privateKey)
        let issuer = try X509Certificate(pem: identity.certificate, what: "authority certificate")
        let key = try PrivateKey()
        var builder = try CertificateBuilder(key: key)
        try builder.setSubject(commonName: commonName, organizations: organizations)
        try builder.setValidity(now: now, days: days, within: issuer.notAfter)
        try builder.setIssuer(issuer)
        try builder.add(.basicConstraints, "critical,CA:FALSE")
        try builder.add(.keyUsage, "critical,digitalSignature")
        try builder.add(.extendedKeyUsage, isClient ? "clientAuth" : "serverAuth")
        try builder.add(.subjectKeyIdentifier, "hash")
        try builder.add(.authorityKeyIdentifier, "keyid:always", issuer: issuer)
        if !names.isEmpty {
            try builder.add(.subjectAlternativeName, CertificateNames.extensionText(names))
        }
        return Identity(certificate: try builder.sign(key: issuerKey), privateKey: try key.pem())
    }
}
