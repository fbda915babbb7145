internal import COpenSSL

/// A private key, released when it goes.
@safe
struct PrivateKey: ~Copyable {
    let pointer: OpaquePointer

    /// A new ECDSA key on P-256.
    ///
    /// - Throws: `TLSError`.
    init() throws(TLSError) {
        guard let made = unsafe openssl_new_p256_key() else {
            throw TLSError.fromQueue(.library, "generate ECDSA P-256 key")
        }
        unsafe pointer = made
    }

    /// The key in a PEM text: PKCS 8 or one of the older forms, not encrypted.
    ///
    /// - Throws: `TLSError`.
    init(pem: [UInt8]) throws(TLSError) {
        let input = try MemoryBIO(pem)
        // Without a callback that says "no passphrase", OpenSSL would ask for one on the terminal.
        guard let found = unsafe PEM_read_bio_PrivateKey(input.pointer, nil, { _, _, _, _ in -1 }, nil) else {
            let reason = TLSError.queuedReason() ?? "no key"
            throw TLSError(
                code: .badCertificate,
                operation: "read private key",
                reason: "\(reason), expected an unencrypted key in PEM"
            )
        }
        unsafe pointer = found
    }

    deinit { unsafe EVP_PKEY_free(pointer) }

    /// PKCS 8 in PEM, not encrypted.
    ///
    /// - Throws: `TLSError`.
    func pem() throws(TLSError) -> [UInt8] {
        let output = try MemoryBIO()
        guard unsafe PEM_write_bio_PKCS8PrivateKey(output.pointer, pointer, nil, nil, 0, nil, nil) == 1 else {
            throw TLSError.fromQueue(.library, "write private key")
        }
        return output.contents
    }
}
