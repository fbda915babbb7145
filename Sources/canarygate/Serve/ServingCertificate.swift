package import Platform
package import TLS

/// The serving certificate as it was read from its two files at one time.
package struct ServingCertificate {
    /// What connections are made with.
    package let context: TLSContext
    /// From when to when it is valid, and for which names.
    package let info: CertificateInfo
    private let certificate: [UInt8]
    private let privateKey: [UInt8]

    /// Reads the files; it blocks for as long as that takes.
    ///
    /// - Throws: `FileStore.Failure` or `TLSError`, which name the file or the fault.
    package init(certificatePath: String, privateKeyPath: String) throws {
        certificate = try FileStore.read(certificatePath)
        privateKey = try FileStore.read(privateKeyPath)
        context = try TLSContext.server(certificateChain: certificate, privateKey: privateKey)
        info = try CertificateInfo(pem: certificate)
    }

    /// Whether the files held the same when `other` was read.
    func isSame(as other: ServingCertificate) -> Bool {
        certificate == other.certificate && privateKey == other.privateKey
    }

    /// Why it cannot serve at `now`; nil when it can.
    package func fault(at now: Timestamp) -> String? {
        if now < info.notBefore { return "the serving certificate is not valid before \(info.notBefore.rfc3339)" }
        if now > info.notAfter { return "the serving certificate expired at \(info.notAfter.rfc3339)" }
        return nil
    }
}
