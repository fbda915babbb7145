package import Platform
package import TLS

/// The serving certificate, and whose client certificates are accepted, as they were read from their files at one time.
package struct ServingCertificate: Sendable {
    /// What connections are made with.
    package let context: TLSContext
    /// From when to when it is valid, and for which names.
    package let info: CertificateInfo
    /// What the files held.
    package let files: CertificateFiles

    /// The certificate in `files`; with client authorities, a client must have a certificate of theirs.
    ///
    /// - Throws: `TLSError`, which says what is wrong with it.
    package init(_ files: CertificateFiles) throws {
        context = try TLSContext.server(
            certificateChain: files.certificate,
            privateKey: files.privateKey,
            clientAuthorities: files.clientAuthorities,
            requiresClientCertificate: true
        )
        info = try CertificateInfo(pem: files.certificate)
        self.files = files
    }

    /// Why it cannot serve at `now`, where it is called `name`; nil when it can.
    package func fault(at now: Timestamp, name: String = "the serving certificate") -> String? {
        if now < info.notBefore { return "\(name) is not valid before \(info.notBefore.rfc3339)" }
        if now > info.notAfter { return "\(name) expired at \(info.notAfter.rfc3339)" }
        return nil
    }
}
