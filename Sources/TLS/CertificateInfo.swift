package import Platform

/// What a certificate says of itself.
package struct CertificateInfo: Sendable {
    /// The subject's common name.
    package let commonName: String?
    /// The subject's organizations: the groups of a Kubernetes user.
    package let organizations: [String]
    /// DNS names and IP addresses of the subject alternative names.
    package let names: [String]
    /// From when it is valid.
    package let notBefore: Timestamp
    /// Until when it is valid.
    package let notAfter: Timestamp

    /// Reads the first certificate of a PEM text.
    ///
    /// - Throws: `TLSError` when there is none or it is broken.
    package init(pem: [UInt8]) throws {
        try self.init(X509Certificate(pem: pem, what: "certificate"))
    }

    /// Reads a certificate in DER: what a PEM block holds.
    ///
    /// - Throws: `TLSError` when it is none.
    package init(der: [UInt8]) throws { try self.init(X509Certificate(der: der)) }

    private init(_ certificate: borrowing X509Certificate) throws {
        guard let notBefore = certificate.notBefore, let notAfter = certificate.notAfter else {
            throw TLSError(code: .badCertificate, operation: "read certificate", reason: "no validity")
        }
        commonName = certificate.commonName
        organizations = certificate.organizations
        names = certificate.names
        self.notBefore = notBefore
        self.notAfter = notAfter
    }
}
