import COpenSSL
import TLS

/// Makes what `CertificateAuthority` does not: an RSA key with a certificate that it signed itself.
enum RSAIdentity {
    static func make() throws -> Identity {
        let generator = EVP_PKEY_CTX_new_id(EVP_PKEY_RSA, nil)
        defer { EVP_PKEY_CTX_free(generator) }
        var key: OpaquePointer?
        guard EVP_PKEY_keygen_init(generator) == 1, EVP_PKEY_CTX_set_rsa_keygen_bits(generator, 2_048) == 1,
            EVP_PKEY_keygen(generator, &key) == 1, let certificate = X509_new()
        else { throw Missing(what: "RSA key") }
        defer {
            EVP_PKEY_free(key)
            X509_free(certificate)
        }
        X509_gmtime_adj(X509_getm_notBefore(certificate), 0)
        X509_gmtime_adj(X509_getm_notAfter(certificate), 3_600)
        guard X509_set_pubkey(certificate, key) == 1, X509_sign(certificate, key, EVP_sha256()) > 0 else {
            throw Missing(what: "RSA certificate")
        }
        return Identity(
            certificate: try text { PEM_write_bio_X509($0, certificate) },
            privateKey: try text { PEM_write_bio_PKCS8PrivateKey($0, key, nil, nil, 0, nil, nil) }
        )
    }

    private static func text(_ write: (OpaquePointer) -> Int32) throws -> [UInt8] {
        guard let output = BIO_new(BIO_s_mem()) else { throw Missing(what: "buffer") }
        defer { BIO_free(output) }
        guard write(output) == 1 else { throw Missing(what: "PEM") }
        var start: UnsafePointer<CChar>?
        let length = openssl_bio_contents(output, &start)
        return Array(UnsafeRawBufferPointer(start: start, count: length))
    }
}
