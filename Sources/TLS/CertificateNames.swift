internal import Sockets

/// The names of a certificate's subject alternative names.
enum CertificateNames {
    /// OpenSSL's text for the extension: `DNS:a.example,IP:127.0.0.1`.
    ///
    /// - Throws: `TLSError` when a name is neither a DNS name nor an IP address, so that nothing but a name can get
    ///   into that text.
    static func extensionText(_ names: [String]) throws(TLSError) -> String {
        var parts: [String] = []
        for name in names {
            if SocketAddress.numericBytes(name) != nil {
                parts.append("IP:\(name)")
            } else if isDNSName(name) {
                parts.append("DNS:\(name)")
            } else {
                throw TLSError(
                    code: .badCertificate,
                    operation: "issue certificate for \(name)",
                    reason: "not a name, expected a DNS name or an IP address"
                )
            }
        }
        return parts.joined(separator: ",")
    }

    /// The text of an IP address of 4 or 16 bytes.
    static func text(of bytes: [UInt8]) -> String? { SocketAddress.numericText(bytes) }

    /// Letters, digits, hyphens and underscores in labels of 1...63, 253 at most; a first label may be `*`.
    static func isDNSName(_ name: String) -> Bool {
        guard (1...253).contains(name.utf8.count) else { return false }
        let labels = name.split(separator: ".", omittingEmptySubsequences: false)
        for (index, label) in labels.enumerated() {
            if index == 0, label == "*", labels.count > 1 { continue }
            let isPlain = label.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
                    true
                default: false
                }
            }
            guard isPlain, (1...63).contains(label.utf8.count) else { return false }
        }
        return true
    }
}
