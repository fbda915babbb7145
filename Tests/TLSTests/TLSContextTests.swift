import Platform
import TLS
import Testing

/// Keys and certificates that cannot be used.
@Suite(.timeLimit(.minutes(1))) struct TLSContextTests {
    private func failure(_ body: () throws -> TLSContext) -> String? {
        do {
            _ = try body()
            return nil
        } catch { return "\(error)" }
    }

    @Test func refusesAKeyOfAnotherCertificate() throws {
        let one = try Certificates()
        let other = try Certificates()
        #expect(
            failure { try .server(certificateChain: one.server.certificate, privateKey: other.server.privateKey) }
                == "use private key: it is not the certificate's key"
        )
    }

    @Test func refusesWhatIsNoPEM() throws {
        let server = try Certificates().server
        let noCertificate = "read certificate chain: no start line, expected certificates in PEM"
        for text in ["", "hello", "-----BEGIN CERTIFICATE-----"] {
            let bytes = Array(text.utf8)
            let error = failure { try .server(certificateChain: bytes, privateKey: server.privateKey) }
            #expect(error == noCertificate || text.contains("BEGIN"))
            #expect(error != nil)
        }
        #expect(
            failure { try .server(certificateChain: server.privateKey, privateKey: server.privateKey) } == noCertificate
        )
        #expect(
            failure { try .server(certificateChain: server.certificate, privateKey: Array("hello".utf8)) }?
                .hasSuffix(", expected an unencrypted key in PEM") == true
        )
        #expect(
            failure { try .client(authorities: Array("hello".utf8)) }
                == "read authorities: no start line, expected certificates in PEM"
        )
        #expect(
            failure {
                try .server(certificateChain: server.certificate, privateKey: server.privateKey, clientAuthorities: [])
            } == "read client authorities: no start line, expected certificates in PEM"
        )
    }

    @Test func refusesABrokenCertificateInABundle() throws {
        let certificates = try Certificates()
        let good = certificates.authority.identity.certificate
        let broken = Array("-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n".utf8)
        let error = failure { try .client(authorities: good + broken) }
        #expect(error?.hasPrefix("read authorities: ") == true)
        #expect(failure { try .client(authorities: good + Array("# a remark\n".utf8) + good) } == nil)
    }

    @Test func refusesHalfAnIdentity() throws {
        let server = try Certificates().server
        let half = "make client context: a certificate or a key alone, expected both or neither"
        #expect(failure { try .client(certificateChain: server.certificate) } == half)
        #expect(failure { try .client(privateKey: server.privateKey) } == half)
    }
}
