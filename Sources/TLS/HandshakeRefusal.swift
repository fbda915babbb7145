internal import COpenSSL

/// A server that did not want us, or that we could not follow, in words.
struct HandshakeRefusal {
    /// How many of the authorities that a server accepts are told.
    private static let authorityLimit = 3

    private let hasCertificate: Bool
    private let wasAskedForOne: Bool
    private let authorities: [String]

    /// What a client's `session` knows when it has failed.
    init(_ session: OpaquePointer) {
        hasCertificate = unsafe SSL_get_certificate(session) != nil
        // The number of kinds that TLS 1.2's request lists; TLS 1.3 has an alert of its own.
        wasAskedForOne = unsafe SSL_ctrl(session, SSL_CTRL_GET_CLIENT_CERT_TYPES, 0, nil) > 0
        var authorities: [String] = []
        if let list = unsafe SSL_get0_peer_CA_list(session) {
            for index in unsafe 0..<min(OPENSSL_sk_num(list), Int32(Self.authorityLimit)) {
                authorities.append(unsafe X509Certificate.text(of: OpaquePointer(OPENSSL_sk_value(list, index))))
            }
        }
        self.authorities = authorities
    }

    /// What `SSL_R_…` means for who asked for the connection; nil where OpenSSL's words say it.
    func reason(_ code: Int32) -> String? {
        switch code {
        case SSL_R_WRONG_VERSION_NUMBER: return "the server does not speak TLS"
        case SSL_R_UNSUPPORTED_PROTOCOL, SSL_R_TLSV1_ALERT_PROTOCOL_VERSION:
            return "no TLS version in common with the server, expected TLS 1.2 or 1.3"
        case SSL_R_TLSV1_ALERT_NO_APPLICATION_PROTOCOL: return "the server speaks no HTTP/1.1 (ALPN)"
        case Self.unrecognizedName: return "the server knows no host of that name (SNI)"
        case SSL_R_TLSV1_ALERT_INSUFFICIENT_SECURITY: return Self.nothingInCommon
        case SSL_R_SSLV3_ALERT_HANDSHAKE_FAILURE:
            return wasAskedForOne && !hasCertificate ? wanting : Self.nothingInCommon
        case SSL_R_TLSV13_ALERT_CERTIFICATE_REQUIRED: return wanting
        default: return certificateAlert(code)
        }
    }

    private static let nothingInCommon = "no cipher, group or signature algorithm in common with the server"
    /// RFC 6066 section 3; OpenSSL numbers alerts from 1,000 on.
    private static let unrecognizedName: Int32 = 1_112

    private var wanting: String {
        let list = authorities.joined(separator: " or ")
        let issuer = authorities.isEmpty ? "" : " issued by \(list)"
        return "the server wants a client certificate and got none, expected one\(issuer)"
    }

    private func certificateAlert(_ code: Int32) -> String? {
        let problem: String
        switch code {
        case SSL_R_SSLV3_ALERT_BAD_CERTIFICATE: problem = "bad certificate"
        case SSL_R_SSLV3_ALERT_UNSUPPORTED_CERTIFICATE: problem = "unsupported certificate"
        case SSL_R_SSLV3_ALERT_CERTIFICATE_REVOKED: problem = "it is revoked"
        case SSL_R_SSLV3_ALERT_CERTIFICATE_EXPIRED: problem = "it has expired"
        case SSL_R_SSLV3_ALERT_CERTIFICATE_UNKNOWN: problem = "certificate unknown"
        case SSL_R_TLSV1_ALERT_UNKNOWN_CA: problem = "unknown authority"
        case SSL_R_TLSV1_ALERT_ACCESS_DENIED: problem = "access denied"
        default: return nil
        }
        guard hasCertificate else { return wanting }
        let list = authorities.joined(separator: " or ")
        return "the server refused our client certificate: \(problem)"
            + (authorities.isEmpty ? "" : ", expected one issued by \(list)")
    }
}
