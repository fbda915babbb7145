internal import COpenSSL

/// How a private key is written in a PEM block, by the block's label.
package enum KeyForm: String, Sendable {
    /// PKCS 8, for any algorithm.
    case pkcs8 = "PRIVATE KEY"
    /// PKCS 1.
    case rsa = "RSA PRIVATE KEY"
    /// SEC 1.
    case elliptic = "EC PRIVATE KEY"
}

extension PrivateKey {
    /// The key that `der` is in the form `form`, not encrypted.
    ///
    /// - Throws: `TLSError`.
    init(der: [UInt8], form: KeyForm) throws(TLSError) {
        guard let found = unsafe Self.read(der, form) else {
            throw TLSError.fromQueue(.badCertificate, "read private key")
        }
        unsafe pointer = found
    }

    private static func read(_ der: [UInt8], _ form: KeyForm) -> OpaquePointer? {
        unsafe der.withUnsafeBufferPointer { buffer in
            var start = buffer.baseAddress
            let envelope = unsafe d2i_PKCS8_PRIV_KEY_INFO(nil, &start, buffer.count)
            defer { unsafe PKCS8_PRIV_KEY_INFO_free(envelope) }
            unsafe start = buffer.baseAddress
            switch form {
            case .pkcs8: return unsafe envelope.flatMap { unsafe EVP_PKCS82PKEY($0) }
            // OpenSSL would read PKCS 8 under the name of the others too.
            case .rsa, .elliptic: guard unsafe envelope == nil else { return nil }
            }
            // What the look for an envelope has left in the queue of errors is no fault.
            ERR_clear_error()
            return unsafe d2i_PrivateKey(form == .rsa ? EVP_PKEY_RSA : EVP_PKEY_EC, nil, &start, buffer.count)
        }
    }
}

extension KeyForm {
    /// Whether `der` is a private key of this form, not encrypted.
    package func isKey(_ der: [UInt8]) -> Bool {
        do throws(TLSError) {
            _ = try PrivateKey(der: der, form: self)
            return true
        } catch {
            return false
        }
    }

    /// Whether the key `der` is that of `certificate`, a certificate in DER; false where either can't be read.
    package func isKey(_ der: [UInt8], of certificate: [UInt8]) -> Bool {
        do throws(TLSError) {
            let key = try PrivateKey(der: der, form: self)
            let certificate = try X509Certificate(der: certificate)
            defer { ERR_clear_error() }
            return unsafe X509_check_private_key(certificate.pointer, key.pointer) == 1
        } catch {
            return false
        }
    }
}
