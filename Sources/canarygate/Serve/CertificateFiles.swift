package import Platform

/// What the files of the serving certificate held at one time.
package struct CertificateFiles: Hashable, Sendable {
    /// The certificate's chain, PEM.
    package let certificate: [UInt8]
    /// Its private key, PEM.
    package let privateKey: [UInt8]
    /// Whose client certificates are accepted, PEM; nil where none are asked for.
    package let clientAuthorities: [UInt8]?

    /// Reads the files that `settings` name; it blocks for as long as that takes.
    ///
    /// - Throws: `FileStore.Failure`, which names the file.
    package init(_ settings: ServerSettings) throws(FileStore.Failure) {
        certificate = try FileStore.read(settings.certificatePath)
        privateKey = try FileStore.read(settings.privateKeyPath)
        if let path = settings.clientAuthorityPath {
            clientAuthorities = try FileStore.read(path)
        } else {
            clientAuthorities = nil
        }
    }
}
