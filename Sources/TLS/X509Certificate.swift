internal import COpenSSL
internal import Platform

/// An X.509 certificate, released when it goes.
@safe
struct X509Certificate: ~Copyable {
    let pointer: OpaquePointer

    /// Takes over a reference.
    init(owning pointer: OpaquePointer) { unsafe self.pointer = unsafe pointer }

    deinit { unsafe X509_free(pointer) }

    /// All certificates of a PEM text, in order.
    ///
    /// - Throws: `TLSError` when one is broken or there is none.
    static func readAll(
        pem: [UInt8],
        what: String,
        _ body: (borrowing X509Certificate) throws(TLSError) -> Void
    )
        throws(TLSError)
    {
        let input = try MemoryBIO(pem)
        var count = 0
        while let found = unsafe PEM_read_bio_X509(input.pointer, nil, nil, nil) {
            count += 1
            try body(unsafe X509Certificate(owning: found))
        }
        // The loop always ends with an error; without anything more to read it is "no start line".
        let code = ERR_peek_last_error()
        let reason = TLSError.queuedReason()
        guard count > 0, TLSError.reason(of: code, from: ERR_LIB_PEM) == PEM_R_NO_START_LINE else {
            throw TLSError(
                code: .badCertificate,
                operation: "read \(what)",
                reason: "\(reason ?? "no certificate"), expected certificates in PEM"
            )
        }
    }

    /// The first certificate of a PEM text.
    ///
    /// - Throws: `TLSError` when it is broken or there is none.
    init(pem: [UInt8], what: String) throws(TLSError) {
        let input = try MemoryBIO(pem)
        guard let found = unsafe PEM_read_bio_X509(input.pointer, nil, nil, nil) else {
            let reason = TLSError.queuedReason() ?? "no certificate"
            throw TLSError(
                code: .badCertificate,
                operation: "read \(what)",
                reason: "\(reason), expected a certificate in PEM"
            )
        }
        unsafe self.init(owning: found)
    }

    /// The certificate that `der` is, the whole of it.
    ///
    /// - Throws: `TLSError` when it is none.
    init(der: [UInt8]) throws(TLSError) {
        let found = unsafe der.withUnsafeBufferPointer { buffer -> OpaquePointer? in
            var start = buffer.baseAddress
            guard let found = unsafe d2i_X509(nil, &start, buffer.count) else { return nil }
            guard unsafe start == buffer.baseAddress.map({ unsafe $0 + buffer.count }) else {
                unsafe X509_free(found)
                return nil
            }
            return unsafe found
        }
        guard let found = unsafe found else { throw TLSError.fromQueue(.badCertificate, "read certificate") }
        unsafe self.init(owning: found)
    }

    /// The subject's common name.
    var commonName: String? { subject(NID_commonName).first }

    /// The subject's organizations, in order.
    var organizations: [String] { subject(NID_organizationName) }

    private func subject(_ identifier: Int32) -> [String] {
        guard let name = unsafe X509_get_subject_name(pointer) else { return [] }
        var values: [String] = []
        var index: Int32 = -1
        while true {
            index = unsafe X509_NAME_get_index_by_NID(name, identifier, index)
            guard index >= 0, let entry = unsafe X509_NAME_get_entry(name, index) else { return values }
            guard let data = unsafe X509_NAME_ENTRY_get_data(entry) else { continue }
            var text: UnsafeMutablePointer<UInt8>?
            let length = unsafe ASN1_STRING_to_UTF8(&text, data)
            guard length >= 0, let text = unsafe text else { continue }
            unsafe values.append(
                String(decoding: UnsafeBufferPointer(start: text, count: Int(length)), as: UTF8.self)
            )
            unsafe CRYPTO_free(text, nil, 0)
        }
    }

    /// DNS names and IP addresses of the subject alternative names.
    var names: [String] {
        guard let found = unsafe X509_get_ext_d2i(pointer, NID_subject_alt_name, nil, nil) else { return [] }
        let list = OpaquePointer(found)
        defer { unsafe GENERAL_NAMES_free(list) }
        var names: [String] = []
        let count = unsafe openssl_general_name_count(list)
        for index in 0..<count {
            var kind: Int32 = 0
            guard let entry = unsafe openssl_general_name_at(list, index),
                let value = unsafe GENERAL_NAME_get0_value(entry, &kind), kind == GEN_DNS || kind == GEN_IPADD
            else { continue }
            let string = unsafe value.assumingMemoryBound(to: ASN1_STRING.self)
            let length = unsafe Int(ASN1_STRING_length(string))
            guard let data = unsafe ASN1_STRING_get0_data(string) else { continue }
            let bytes = unsafe Array(UnsafeBufferPointer(start: data, count: length))
            if let name = kind == GEN_DNS ? String(decoding: bytes, as: UTF8.self) : CertificateNames.text(of: bytes) {
                names.append(name)
            }
        }
        return names
    }

    /// From when it is valid.
    var notBefore: Timestamp? { unsafe Self.timestamp(X509_get0_notBefore(pointer)) }

    /// Until when it is valid.
    var notAfter: Timestamp? { unsafe Self.timestamp(X509_get0_notAfter(pointer)) }

    private static func timestamp(_ time: UnsafePointer<ASN1_TIME>?) -> Timestamp? {
        guard let time = unsafe time, let epoch = unsafe ASN1_TIME_set(nil, 0) else { return nil }
        defer { unsafe ASN1_TIME_free(epoch) }
        var days: Int32 = 0
        var seconds: Int32 = 0
        guard unsafe ASN1_TIME_diff(&days, &seconds, epoch, time) == 1 else { return nil }
        return Timestamp(seconds: Int64(days) * 86_400 + Int64(seconds))
    }
}
