internal import COpenSSL
internal import Platform

extension X509Certificate {
    /// Who it is of, in one line: `CN=api,O=example`.
    var subjectText: String { unsafe Self.text(of: X509_get_subject_name(pointer)) }

    /// Who signed it, in one line.
    var issuerText: String { unsafe Self.text(of: X509_get_issuer_name(pointer)) }

    /// A distinguished name in the form of RFC 2253, without what would not fit a line; `nobody` for an empty one.
    static func text(of name: OpaquePointer?) -> String {
        guard let name = unsafe name else { return "nobody" }
        let output: MemoryBIO
        do throws(TLSError) { output = try MemoryBIO() } catch {
            // Without memory for a line there is none for the name either.
            return "somebody"
        }
        // UTF-8 stays readable; control characters are escaped.
        let flags = UInt(XN_FLAG_SEP_COMMA_PLUS | XN_FLAG_DN_REV | XN_FLAG_FN_SN) | Self.stringFlags
        _ = unsafe X509_NAME_print_ex(output.pointer, name, 0, flags)
        let text = OneLine.cut(String(decoding: output.contents, as: UTF8.self), to: 200)
        return text.isEmpty ? "nobody" : text
    }

    private static let stringFlags = UInt(ASN1_STRFLGS_ESC_2253 | ASN1_STRFLGS_ESC_CTRL | ASN1_STRFLGS_UTF8_CONVERT)
}
