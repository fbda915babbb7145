package import Kubernetes
import Platform
import TLS

/// Reads what is in the PEM blocks of Secrets with OpenSSL.
package struct OpenSSLCertificates: CertificateReader {
    package init() {}

    package func certificate(_ bytes: [UInt8]) -> CertificateFacts? {
        do {
            let info = try CertificateInfo(der: bytes)
            let hasCommonName = info.commonName?.contains { !$0.isWhitespace } ?? false
            return CertificateFacts(isNamed: hasCommonName || !info.names.isEmpty, notAfter: info.notAfter)
        } catch {
            return nil
        }
    }

    package func isKey(_ bytes: [UInt8], labelled label: String) -> Bool {
        KeyForm(rawValue: label)?.isKey(bytes) ?? false
    }

    package func isPair(certificate: [UInt8], key: [UInt8], labelled label: String) -> Bool {
        KeyForm(rawValue: label)?.isKey(key, of: certificate) ?? false
    }
}
