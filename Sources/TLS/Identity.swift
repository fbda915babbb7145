/// A key and its certificate, both PEM.
package struct Identity: Sendable {
    /// The certificate, and above it any intermediate ones.
    package let certificate: [UInt8]
    /// The private key, PKCS 8.
    package let privateKey: [UInt8]

    /// An identity of two PEM texts, which are not read here.
    package init(certificate: [UInt8], privateKey: [UInt8]) {
        self.certificate = certificate
        self.privateKey = privateKey
    }
}
