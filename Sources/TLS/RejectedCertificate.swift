internal import COpenSSL
internal import Platform

/// What is known of the certificates that a client did not accept.
///
/// OpenSSL forgets a certificate when it refuses it, so this is noted while it is being checked.
@safe
final class RejectedCertificate {
    /// What the certificate at fault says: the server's own, or one of its authorities'.
    struct Facts {
        var subject = ""
        var issuer = ""
        var notBefore: Timestamp?
        var notAfter: Timestamp?
        /// Whether it is the server's own.
        var isServers = true
    }

    /// The names of the server's certificate.
    private(set) var names: [String] = []
    private(set) var facts = Facts()

    /// Lets `session` tell this object, which must live as long as it.
    func listen(to session: OpaquePointer) {
        unsafe SSL_set_ex_data(session, 0, Unmanaged.passUnretained(self).toOpaque())
        unsafe SSL_set_verify(session, SSL_VERIFY_PEER, Self.note)
    }

    /// Called by OpenSSL for each step of the check; changes nothing about its outcome.
    private static let note: @convention(c) (Int32, OpaquePointer?) -> Int32 = { isGood, check in
        guard isGood == 0, let check = unsafe check,
            let session = unsafe X509_STORE_CTX_get_ex_data(check, SSL_get_ex_data_X509_STORE_CTX_idx()),
            let listener = unsafe SSL_get_ex_data(OpaquePointer(session), 0),
            let certificate = unsafe X509_STORE_CTX_get0_cert(check), unsafe X509_up_ref(certificate) == 1
        else { return isGood }
        let names = unsafe X509Certificate(owning: certificate).names
        let target = unsafe Unmanaged<RejectedCertificate>.fromOpaque(listener).takeUnretainedValue()
        target.names = names
        if let facts = unsafe facts(of: check) { target.facts = facts }
        return isGood
    }

    private static func facts(of check: OpaquePointer) -> Facts? {
        guard let current = unsafe X509_STORE_CTX_get_current_cert(check), unsafe X509_up_ref(current) == 1 else {
            return nil
        }
        let certificate = unsafe X509Certificate(owning: current)
        return Facts(
            subject: certificate.subjectText,
            issuer: certificate.issuerText,
            notBefore: certificate.notBefore,
            notAfter: certificate.notAfter,
            isServers: unsafe X509_STORE_CTX_get_error_depth(check) == 0
        )
    }
}
