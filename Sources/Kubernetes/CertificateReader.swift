package import Platform

/// Reads certificates and keys out of the bytes of PEM blocks; this module knows no ASN.1.
package protocol CertificateReader: Sendable {
    /// What the certificate `bytes` says; nil where they are none.
    func certificate(_ bytes: [UInt8]) -> CertificateFacts?

    /// Whether `bytes` are an unencrypted private key of the form that the label of their block names.
    func isKey(_ bytes: [UInt8], labelled label: String) -> Bool

    /// Whether the key, which was found to be one, is that of the certificate.
    func isPair(certificate: [UInt8], key: [UInt8], labelled label: String) -> Bool
}

/// What a certificate says, as far as it is kept.
package struct CertificateFacts: Hashable, Sendable {
    /// Whether it has a common name, or a DNS name or an address among its alternative names.
    package let isNamed: Bool
    /// Until when it is valid.
    package let notAfter: Timestamp

    package init(isNamed: Bool, notAfter: Timestamp) {
        self.isNamed = isNamed
        self.notAfter = notAfter
    }
}
