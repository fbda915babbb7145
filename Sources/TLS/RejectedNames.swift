internal import COpenSSL

/// The names of the certificate that a client did not accept.
///
/// OpenSSL forgets a certificate when it refuses it, so they are noted while it is being checked.
@safe
final class RejectedNames {
    private(set) var names: [String] = []

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
        unsafe Unmanaged<RejectedNames>.fromOpaque(listener).takeUnretainedValue().names = names
        return isGood
    }
}
