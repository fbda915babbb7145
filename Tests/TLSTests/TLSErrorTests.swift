import COpenSSL
import Testing

@testable import TLS

/// Which of OpenSSL's errors is meant.
@Suite struct TLSErrorTests {
    /// An error's code as OpenSSL packs it.
    private func code(_ library: Int32, _ reason: Int32) -> UInt { UInt(library) << 23 | UInt(reason) }

    @Test func aReasonCountsForItsLibraryAlone() {
        let plainHTTP = SSL_R_HTTP_REQUEST
        #expect(TLSError.reason(of: code(ERR_LIB_SSL, plainHTTP), from: ERR_LIB_SSL) == plainHTTP)
        for library in [ERR_LIB_ASN1, ERR_LIB_EVP, ERR_LIB_X509, ERR_LIB_PEM] {
            #expect(TLSError.reason(of: code(library, plainHTTP), from: ERR_LIB_SSL) == nil)
        }
        #expect(TLSError.reason(of: 0, from: ERR_LIB_SSL) == nil)
    }
}
