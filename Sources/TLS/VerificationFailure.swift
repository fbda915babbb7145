internal import COpenSSL
internal import Platform

/// A server's certificate that was not accepted, in words.
struct VerificationFailure {
    /// How many of a certificate's names are told.
    private static let nameLimit = 8

    /// OpenSSL's code, `X509_V_ERR_…`.
    let code: Int32
    /// The host that the certificate should have been for.
    let expectedName: String
    let certificate: RejectedCertificate

    /// One line: what came, and what was expected.
    var reason: String {
        let facts = certificate.facts
        switch code {
        case X509_V_ERR_HOSTNAME_MISMATCH, X509_V_ERR_IP_ADDRESS_MISMATCH:
            return "certificate is not valid for \(expectedName), but for \(names)"
        case X509_V_ERR_CERT_HAS_EXPIRED: return "\(subject) expired\(Self.at(facts.notAfter))"
        case X509_V_ERR_CERT_NOT_YET_VALID:
            let start = facts.notBefore.map { ", but from \($0.rfc3339) on" } ?? ""
            return "\(subject) is not yet valid\(start); expected the clocks of both sides to agree"
        case X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT:
            return "certificate is self-signed by \(facts.subject), expected one of a trusted authority, "
                + "or itself among the trusted"
        case X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN, X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT,
            X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY, X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE:
            return "\(subject) is signed by an unknown authority, issuer \(facts.issuer), expected one that is trusted"
        case X509_V_ERR_CERT_SIGNATURE_FAILURE:
            return "\(subject) is not signed by the trusted authority of its name, issuer \(facts.issuer)"
        default: return "certificate verify failed: \(Self.words(code))"
        }
    }

    /// OpenSSL's words for a code of its check.
    static func words(_ code: Int32) -> String { unsafe String(cString: X509_verify_cert_error_string(Int(code))) }

    private var subject: String {
        certificate.facts.isServers ? "certificate" : "certificate of the authority \(certificate.facts.subject)"
    }

    private var names: String {
        let names = certificate.names
        guard !names.isEmpty else { return "no name" }
        // They are whatever the server wrote there.
        var texts = names.prefix(Self.nameLimit).map { OneLine.cut($0, to: 253) }
        if names.count > texts.count { texts.append("and \(names.count - texts.count) more") }
        return texts.joined(separator: ", ")
    }

    private static func at(_ time: Timestamp?) -> String { time.map { " at \($0.rfc3339)" } ?? "" }
}
