internal import COpenSSL
internal import Platform

/// A certificate while it is being made.
struct CertificateBuilder: ~Copyable {
    /// The extensions of RFC 5280 that we write.
    enum Extension {
        case basicConstraints
        case keyUsage
        case extendedKeyUsage
        case subjectKeyIdentifier
        case authorityKeyIdentifier
        case subjectAlternativeName

        var identifier: Int32 {
            switch self {
            case .basicConstraints: NID_basic_constraints
            case .keyUsage: NID_key_usage
            case .extendedKeyUsage: NID_ext_key_usage
            case .subjectKeyIdentifier: NID_subject_key_identifier
            case .authorityKeyIdentifier: NID_authority_key_identifier
            case .subjectAlternativeName: NID_subject_alt_name
            }
        }
    }

    private let certificate: X509Certificate

    /// A version 3 certificate of `key` with a random serial number.
    init(key: borrowing PrivateKey) throws(TLSError) {
        guard let made = unsafe X509_new() else { throw Self.failure("allocate certificate") }
        let certificate = unsafe X509Certificate(owning: made)
        try Self.check(unsafe X509_set_version(certificate.pointer, 2), "set version")
        try Self.check(unsafe X509_set_pubkey(certificate.pointer, key.pointer), "set public key")
        try Self.setRandomSerial(certificate)
        self.certificate = certificate
    }

    /// 127 random bits: positive, unpredictable and under the 20 bytes of RFC 5280 section 4.1.2.2.
    private static func setRandomSerial(_ certificate: borrowing X509Certificate) throws(TLSError) {
        guard let number = unsafe BN_new() else { throw failure("allocate serial number") }
        defer { unsafe BN_free(number) }
        try check(unsafe BN_rand(number, 127, BN_RAND_TOP_ONE, BN_RAND_BOTTOM_ANY), "draw serial number")
        let serial = unsafe X509_get_serialNumber(certificate.pointer)
        guard unsafe BN_to_ASN1_INTEGER(number, serial) != nil else { throw failure("set serial number") }
    }

    /// Names the subject; until an issuer is set, it is the issuer too.
    mutating func setSubject(commonName: String, organizations: [String]) throws(TLSError) {
        let name = unsafe X509_get_subject_name(certificate.pointer)
        for (identifier, value) in organizations.map({ (NID_organizationName, $0) }) + [(NID_commonName, commonName)] {
            let bytes = Array(value.utf8)
            let code = unsafe X509_NAME_add_entry_by_NID(
                name,
                identifier,
                MBSTRING_UTF8,
                bytes,
                Int32(clamping: bytes.count),
                -1,
                0
            )
            // RFC 5280 allows 1 to 64 characters, and OpenSSL checks it.
            try Self.check(code, "set subject \(value)")
        }
        try Self.check(unsafe X509_set_issuer_name(certificate.pointer, name), "set issuer")
    }

    /// Valid from an hour before `now`, for clocks that are behind, for `days`, but not after `limit`.
    mutating func setValidity(now: Timestamp, days: Int, within limit: Timestamp? = nil) throws(TLSError) {
        var end = now + .seconds(days * 86_400)
        if let limit, limit < end { end = limit }
        let start = now.seconds - 3_600
        guard unsafe ASN1_TIME_set(X509_getm_notBefore(certificate.pointer), Int(start)) != nil,
            unsafe ASN1_TIME_set(X509_getm_notAfter(certificate.pointer), Int(end.seconds)) != nil
        else { throw Self.failure("set validity") }
    }

    mutating func setIssuer(_ issuer: borrowing X509Certificate) throws(TLSError) {
        let name = unsafe X509_get_subject_name(issuer.pointer)
        try Self.check(unsafe X509_set_issuer_name(certificate.pointer, name), "set issuer")
    }

    /// Adds an extension in OpenSSL's notation.
    mutating func add(_ kind: Extension, _ value: String) throws(TLSError) {
        try unsafe add(kind, value, issuer: certificate.pointer)
    }

    /// Adds an extension that speaks of the issuer.
    mutating func add(_ kind: Extension, _ value: String, issuer: borrowing X509Certificate) throws(TLSError) {
        try unsafe add(kind, value, issuer: issuer.pointer)
    }

    private func add(_ kind: Extension, _ value: String, issuer: OpaquePointer) throws(TLSError) {
        var context = unsafe X509V3_CTX()
        unsafe openssl_set_extension_context(&context, issuer, certificate.pointer)
        guard let made = unsafe X509V3_EXT_conf_nid(nil, &context, kind.identifier, value) else {
            throw Self.failure("make extension \(kind) \(value)")
        }
        defer { unsafe X509_EXTENSION_free(made) }
        try Self.check(unsafe X509_add_ext(certificate.pointer, made, -1), "add extension \(kind)")
    }

    /// Signs with the key of the certificate itself; its PEM text.
    consuming func signItself(key: borrowing PrivateKey) throws(TLSError) -> [UInt8] { try sign(key: key) }

    /// Signs with ECDSA and SHA-256; the PEM text.
    consuming func sign(key: borrowing PrivateKey) throws(TLSError) -> [UInt8] {
        guard unsafe X509_sign(certificate.pointer, key.pointer, EVP_sha256()) > 0 else {
            throw Self.failure("sign certificate")
        }
        let output = try MemoryBIO()
        try Self.check(unsafe PEM_write_bio_X509(output.pointer, certificate.pointer), "write certificate")
        return output.contents
    }

    private static func check(_ code: Int32, _ operation: String) throws(TLSError) {
        if code != 1 { throw failure(operation) }
    }

    private static func failure(_ operation: String) -> TLSError { .fromQueue(.library, operation) }
}

extension X509Certificate {
    /// Checks that it may sign certificates and that `key` is its key.
    func checkAuthority(key: borrowing PrivateKey) throws(TLSError) {
        guard unsafe X509_check_private_key(pointer, key.pointer) == 1 else {
            ERR_clear_error()
            throw TLSError(
                code: .badCertificate,
                operation: "read authority",
                reason: "the private key is not the certificate's"
            )
        }
        guard unsafe X509_check_ca(pointer) > 0 else {
            throw TLSError(
                code: .badCertificate,
                operation: "read authority",
                reason: "the certificate is not an authority's, expected CA:TRUE"
            )
        }
    }
}
